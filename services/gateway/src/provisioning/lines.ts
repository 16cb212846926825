import { AppError } from '@account-backups/contracts';

export interface Line {
  /** 1 for the first one. */
  readonly number: number;
  readonly bytes: Buffer;
}

const NEWLINE = 0x0a;

/** Cuts a byte stream into lines in bounded memory; throws `PAYLOAD_TOO_LARGE` for a line above `maxBytes`. */
export async function* linesOf(source: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Line> {
  let number = 1;
  let rest: Buffer[] = [];
  let restBytes = 0;
  for await (const chunk of source) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      refuseLong(number, restBytes + end - start, maxBytes);
      yield { number, bytes: Buffer.concat([...rest, chunk.subarray(start, end)]) };
      number += 1;
      start = end + 1;
      rest = [];
      restBytes = 0;
    }
    rest.push(chunk.subarray(start));
    restBytes += chunk.length - start;
    refuseLong(number, restBytes, maxBytes);
  }
  if (restBytes > 0) yield { number, bytes: Buffer.concat(rest) };
}

function refuseLong(number: number, bytes: number, maxBytes: number): void {
  if (bytes > maxBytes) throw new AppError('PAYLOAD_TOO_LARGE', `line ${number} is longer than ${maxBytes} bytes`);
}
