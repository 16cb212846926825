import { promisify } from 'node:util';
import { constants, crc32, deflateRaw, inflateRaw, type ZlibOptions } from 'node:zlib';
import { joinCrc32 } from './join-crc32.js';

/** What is known of a run of content that was deflated apart from what comes before and after it. JSON-able. */
export interface DeflatedPiece {
  readonly sizeBytes: number;
  readonly crc32: number;
  readonly deflatedSizeBytes: number;
}

const BLOCK_BYTES = 256 * 1024;
const WINDOW_BYTES = 32 * 1024;
const LEVEL = 4;
const NOTHING: DeflatedPiece = { sizeBytes: 0, crc32: 0, deflatedSizeBytes: 0 };

const deflateBlock = promisify<Uint8Array, ZlibOptions, Buffer>(deflateRaw);
const inflateBlock = promisify<Uint8Array, ZlibOptions, Buffer<ArrayBuffer>>(inflateRaw);

/**
 * Deflates a piece of an entry's content (RFC 1951) so that pieces, whoever made them, are one stream when they lie one
 * after another: a piece ends on a byte, and never points back before its beginning. Memory: what it comes to.
 */
export class PieceDeflater {
  #piece = NOTHING;
  #before: Buffer | undefined;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  readonly #deflated: Buffer[] = [];

  /** Waits while a block is deflated on the thread pool. One call at a time. */
  async add(content: Buffer): Promise<void> {
    this.#waiting.push(content);
    this.#waitingBytes += content.length;
    if (this.#waitingBytes >= BLOCK_BYTES) await this.#flush();
  }

  /** The piece and its bytes; no content makes none. */
  async finish(): Promise<{ readonly piece: DeflatedPiece; readonly deflated: readonly Buffer[] }> {
    if (this.#waitingBytes > 0) await this.#flush();
    return { piece: this.#piece, deflated: this.#deflated };
  }

  async #flush(): Promise<void> {
    const content = Buffer.concat(this.#waiting, this.#waitingBytes);
    this.#waiting = [];
    this.#waitingBytes = 0;
    const options = { level: LEVEL, finishFlush: constants.Z_SYNC_FLUSH };
    const deflated = await deflateBlock(content, { ...options, ...(this.#before && { dictionary: this.#before }) });
    this.#before = content.subarray(-WINDOW_BYTES);
    this.#deflated.push(deflated);
    this.#piece = {
      sizeBytes: this.#piece.sizeBytes + content.length,
      crc32: crc32(content, this.#piece.crc32),
      deflatedSizeBytes: this.#piece.deflatedSizeBytes + deflated.length,
    };
  }
}

/** The content of a piece. */
export function inflatedPiece(deflated: Uint8Array): Promise<Buffer<ArrayBuffer>> {
  return inflateBlock(deflated, { finishFlush: constants.Z_SYNC_FLUSH });
}

/** What is known of all pieces together. */
export function joinedPieces(pieces: Iterable<DeflatedPiece>): DeflatedPiece {
  let all = NOTHING;
  for (const piece of pieces) {
    all = {
      sizeBytes: all.sizeBytes + piece.sizeBytes,
      crc32: joinCrc32(all.crc32, piece.crc32, piece.sizeBytes),
      deflatedSizeBytes: all.deflatedSizeBytes + piece.deflatedSizeBytes,
    };
  }
  return all;
}
