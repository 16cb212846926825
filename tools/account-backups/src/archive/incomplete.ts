import { AppError } from '@account-backups/contracts';
import { endBehindDirectory, localEntries, ZipError, type LocalEntry, type ReadRange } from '@account-backups/zip';
import { EntryPlaces } from './entry-places.js';

/** An archive that was cut, or that something was appended to. */
interface Incomplete {
  readonly sizeBytes: number;
  /** What it should have; null where nothing tells. */
  readonly expectedSizeBytes: number | null;
  /** Entries that lie in it whole, as far as can be told without a password. */
  readonly wholeEntries: number;
  /** The names of the first of them. */
  readonly entries: readonly string[];
}

interface OpenFile {
  readonly file: string;
  readonly readRange: ReadRange;
  readonly sizeBytes: number;
}

const LOCAL_HEADER = Buffer.from('PK\x03\x04');
const MAX_NAMES = 100;
const NAMES_IN_SENTENCE = 5;

/**
 * Looks why a file has no directory where a ZIP has it: undefined unless it begins as an archive does.
 * `expectedSizeBytes` is what a receipt says.
 */
export async function incompleteOf(
  { readRange, sizeBytes }: Pick<OpenFile, 'readRange' | 'sizeBytes'>,
  expectedSizeBytes: number | undefined,
): Promise<Incomplete | undefined> {
  const start = Buffer.from(await readRange(0, LOCAL_HEADER.length));
  if (!start.equals(LOCAL_HEADER.subarray(0, start.length))) return undefined;
  const names: string[] = [];
  const places = new EntryPlaces();
  let wholeEntries = 0;
  let endsAt = 0;
  for await (const found of localEntries(readRange, sizeBytes)) {
    endsAt = found.endsAt;
    if (places.faultOf(found.entry) !== undefined || !(await isWhole(found))) continue;
    wholeEntries += 1;
    if (names.length < MAX_NAMES) names.push(found.entry.name);
  }
  const stated = expectedSizeBytes ?? (await endBehindDirectory(readRange, endsAt));
  return { sizeBytes, expectedSizeBytes: stated ?? null, wholeEntries, entries: names };
}

/** An encrypted content is not opened: it is taken for whole when its bytes are there. */
async function isWhole(found: LocalEntry): Promise<boolean> {
  try {
    for await (const _chunk of found.content()) continue;
    return true;
  } catch (error) {
    if (!ZipError.is(error)) throw error;
    return ZipError.is(error, 'PASSWORD_REQUIRED');
  }
}

/** `ARCHIVE_UNREADABLE`, with what was found as its details. */
export function incompleteError(file: string, found: Incomplete): AppError {
  const { wholeEntries, entries } = found;
  const shown = entries.slice(0, NAMES_IN_SENTENCE).join(', ');
  const more = wholeEntries > NAMES_IN_SENTENCE ? ` and ${wholeEntries - NAMES_IN_SENTENCE} more` : '';
  const whole = wholeEntries === 0 ? 'no entry is whole' : `these entries are whole: ${shown}${more}`;
  const message = `${file} is incomplete: ${extentOf(found)}; ${whole}`;
  return new AppError('ARCHIVE_UNREADABLE', message, { details: { ...found } });
}

function extentOf({ sizeBytes, expectedSizeBytes }: Incomplete): string {
  if (expectedSizeBytes === null) return `${sizeBytes} bytes, its end is missing; a receipt says of how many`;
  if (sizeBytes <= expectedSizeBytes) return `${sizeBytes} of ${expectedSizeBytes} bytes`;
  return `${sizeBytes} of ${expectedSizeBytes} bytes, ${sizeBytes - expectedSizeBytes} of them behind its end`;
}
