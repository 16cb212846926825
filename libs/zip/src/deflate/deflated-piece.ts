import { promisify } from 'node:util';
import { constants, crc32, inflateRaw, type ZlibOptions } from 'node:zlib';
import { DEFLATE_BLOCK_BYTES, deflateBlock } from './deflate-block.js';
import { joinCrc32 } from './join-crc32.js';

/** Sizes and CRC-32 of a run of content that was deflated without knowing what stands before or after it. JSON-able. */
export interface DeflatedPiece {
  readonly sizeBytes: number;
  readonly crc32: number;
  readonly deflatedSizeBytes: number;
}

const NOTHING: DeflatedPiece = { sizeBytes: 0, crc32: 0, deflatedSizeBytes: 0 };

const inflateBlock = promisify<Uint8Array, ZlibOptions, Buffer<ArrayBuffer>>(inflateRaw);

/**
 * Deflates a piece of an entry's content (RFC 1951). Pieces made by different machines, one after another, are one
 * stream: each ends on a byte boundary and never points back to before its own beginning. Holds the deflated bytes in
 * memory.
 */
export class PieceDeflater {
  #piece = NOTHING;
  #before: Buffer | undefined;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  readonly #deflated: Buffer[] = [];

  /** Resolves once a full block, if there is one, has been deflated on the thread pool. One call at a time. */
  async add(content: Buffer): Promise<void> {
    this.#waiting.push(content);
    this.#waitingBytes += content.length;
    if (this.#waitingBytes >= DEFLATE_BLOCK_BYTES) await this.#flush();
  }

  /** The piece and its bytes: none when there was no content. */
  async finish(): Promise<{ readonly piece: DeflatedPiece; readonly deflated: readonly Buffer[] }> {
    if (this.#waitingBytes > 0) await this.#flush();
    return { piece: this.#piece, deflated: this.#deflated };
  }

  async #flush(): Promise<void> {
    const content = Buffer.concat(this.#waiting, this.#waitingBytes);
    this.#waiting = [];
    this.#waitingBytes = 0;
    const deflated = await deflateBlock({ bytes: content, before: this.#before, isLast: false });
    this.#before = content;
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

/** Sizes and CRC-32 of all pieces together. */
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
