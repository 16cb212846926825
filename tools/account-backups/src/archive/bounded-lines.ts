import { AppError } from '@account-backups/contracts';

const NEWLINE = 0x0a;

/**
 * The lines of a UTF-8 text as its bytes arrive, without line feeds; the last may lack one. Memory: one line, of at
 * most `maxBytes`. Throws `ARCHIVE_UNREADABLE` for a longer one before it is whole.
 */
export async function* boundedLines(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<string, void, undefined> {
  let number = 1;
  let open: Buffer[] = [];
  let openBytes = 0;
  const add = (piece: Buffer) => {
    open.push(piece);
    openBytes += piece.length;
    if (openBytes > maxBytes)
      throw new AppError('ARCHIVE_UNREADABLE', `line ${number} has more than ${maxBytes} bytes`);
  };
  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    let start = 0;
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
      add(bytes.subarray(start, end));
      yield Buffer.concat(open, openBytes).toString();
      [start, number, open, openBytes] = [end + 1, number + 1, [], 0];
    }
    // copied, for a source may fill its chunk again
    if (start < bytes.length) add(Buffer.from(bytes.subarray(start)));
  }
  if (openBytes > 0) yield Buffer.concat(open, openBytes).toString();
}
