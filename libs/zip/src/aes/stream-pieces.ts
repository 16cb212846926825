import { MIB } from '../format/sizes.js';
import { BLOCK_BYTES } from './ctr-lanes.js';

/** Size of a piece that is put together from smaller chunks. */
export const PIECE_BYTES = MIB;

/**
 * The same bytes in pieces, each in memory of its own. No piece is empty, and all but the last are whole AES blocks.
 * With `mayTake`, chunks that already are such pieces are passed on without copying.
 */
export async function* streamPieces(
  chunks: AsyncIterable<Uint8Array>,
  mayTake: boolean,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let piece: Uint8Array<ArrayBuffer> | undefined;
  let filled = 0;
  for await (const chunk of chunks) {
    if (mayTake && !piece && isPiece(chunk)) {
      yield chunk;
      continue;
    }
    for (let at = 0; at < chunk.length;) {
      piece ??= new Uint8Array(Buffer.allocUnsafeSlow(PIECE_BYTES).buffer);
      const copied = chunk.subarray(at, at + PIECE_BYTES - filled);
      piece.set(copied, filled);
      at += copied.length;
      filled += copied.length;
      if (filled < PIECE_BYTES) continue;
      yield piece;
      piece = undefined;
      filled = 0;
    }
  }
  if (piece) yield piece.subarray(0, filled);
}

function isPiece(chunk: Uint8Array): chunk is Uint8Array<ArrayBuffer> {
  const { buffer, length } = chunk;
  return buffer instanceof ArrayBuffer && buffer.byteLength === length && length > 0 && length % BLOCK_BYTES === 0;
}
