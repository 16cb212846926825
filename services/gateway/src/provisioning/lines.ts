import { MIB } from '@account-backups/contracts';

export const MAX_LINE_BYTES = 4 * MIB;

export interface Line {
  /** 1 for the first one. */
  readonly number: number;
  /** Null for a line that is too long. */
  readonly bytes: Buffer | null;
}

const NEWLINE = 0x0a;

/** Cuts a byte stream into lines in bounded memory; of one above `maxBytes` nothing is kept. */
export async function* linesOf(source: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Line> {
  let number = 1;
  let rest: Buffer[] = [];
  let restBytes = 0;
  const keep = (piece: Buffer) => {
    restBytes += piece.length;
    if (restBytes > maxBytes) rest = [];
    else rest.push(piece);
  };
  const ended = (): Line => {
    const line = { number, bytes: restBytes > maxBytes ? null : Buffer.concat(rest) };
    number += 1;
    rest = [];
    restBytes = 0;
    return line;
  };
  for await (const chunk of source) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      keep(chunk.subarray(start, end));
      start = end + 1;
      yield ended();
    }
    keep(chunk.subarray(start));
  }
  if (restBytes > 0) yield ended();
}
