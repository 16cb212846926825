import { AE2_OVERHEAD_BYTES, encryptAe2 } from '../aes/ae2.js';
import { sourceOfBytes } from './bytes-source.js';
import { joinedPieces, type DeflatedPiece } from '../deflate/deflated-piece.js';
import { prepareEntry } from './prepare-entry.js';
import { readyEntry, type PreparedEntry } from './prepared-entry.js';
import { checkPassword } from '../format/zip-password.js';

/** An entry whose content was deflated in pieces. */
export interface JoinedSource {
  readonly name: string;
  readonly modifiedAt: Date;
  readonly pieces: readonly DeflatedPiece[];
  /** The deflated bytes of all pieces, in order; read once. */
  readonly deflated: () => AsyncIterable<Buffer>;
}

/** An empty final block (RFC 1951, 3.2.6), which ends a stream of pieces. */
const END = Buffer.from([0x03, 0x00]);

/** Settles an entry made of pieces: its sizes and its CRC-32 follow from theirs. Throws as `prepareEntry`. */
export async function prepareJoined(source: JoinedSource, password: string | undefined): Promise<PreparedEntry> {
  const { name, modifiedAt, pieces, deflated } = source;
  if (password !== undefined) checkPassword(password);
  const { sizeBytes, crc32, deflatedSizeBytes } = joinedPieces(pieces);
  if (sizeBytes === 0) return prepareEntry(sourceOfBytes(name, Buffer.alloc(0), modifiedAt));
  async function* chunks(): AsyncGenerator<Buffer> {
    yield* deflated();
    yield END;
  }
  const encrypted = password !== undefined;
  const content = encrypted ? () => encryptAe2(password, chunks()) : chunks;
  const compressedSizeBytes = deflatedSizeBytes + END.length + (encrypted ? AE2_OVERHEAD_BYTES : 0);
  const facts = { name, method: 'deflate', crc32, compressedSizeBytes, sizeBytes, encrypted } as const;
  const payload = {
    method: facts.method,
    sizeBytes: compressedSizeBytes,
    verified: false,
    givesMemory: encrypted,
    content,
  };
  return readyEntry({ ...facts, modifiedAt: modifiedAt.toISOString() }, payload);
}
