import { exceptionRows } from '../csv/exceptions-table.js';

/** By code: how many things the archive says it could not include. */
export type ExceptionCounts = Readonly<Record<string, number>>;

const CODE = /^[A-Z][A-Z0-9_]{0,63}$/;
const MAX_CODES = 50;
/** What is no code of ours, and what comes after so many others. */
const OTHER = 'OTHER';

/** Counts the rows of an `exceptions.csv` in the memory of one row and fifty codes. Throws as they do. */
export async function exceptionCounts(lines: AsyncIterable<string>): Promise<ExceptionCounts> {
  const counts = new Map<string, number>();
  for await (const { code } of exceptionRows(lines)) {
    const isCounted = CODE.test(code) && (counts.has(code) || counts.size < MAX_CODES);
    const key = isCounted ? code : OTHER;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return Object.fromEntries(counts);
}
