import { AE2_OVERHEAD_BYTES, deriveAe2Key } from './ae2.js';
import { sourceOfBytes } from './bytes-source.js';
import { joinedPieces, type DeflatedPiece } from './deflated-piece.js';
import { prepareEntry } from './prepare-entry.js';
import { readyEntry, type PreparedEntry } from './prepared-entry.js';

/** An entry whose content is there in pieces, deflated already. */
export interface JoinedSource {
  readonly name: string;
  readonly modifiedAt: Date;
  readonly pieces: readonly DeflatedPiece[];
  /** The deflated bytes of all pieces, in order; read once. */
  readonly deflated: () => AsyncIterable<Buffer>;
}

/** A final block without content (RFC 1951 3.2.6): what ends a stream of pieces. */
const END = Buffer.from([0x03, 0x00]);

/** Settles an entry made of pieces: its sizes and its CRC-32 follow from theirs. Throws as `prepareEntry`. */
export async function prepareJoined(source: JoinedSource, password: string | undefined): Promise<PreparedEntry> {
  const { name, modifiedAt, pieces, deflated } = source;
  const options = password === undefined ? {} : { password };
  const { sizeBytes, crc32, deflatedSizeBytes } = joinedPieces(pieces);
  if (sizeBytes === 0) return prepareEntry(sourceOfBytes(name, Buffer.alloc(0), modifiedAt), options);
  async function* chunks(): AsyncGenerator<Buffer> {
    yield* deflated();
    yield END;
  }
  const payload = { method: 'deflate', sizeBytes: deflatedSizeBytes + END.length, verified: false, chunks } as const;
  const key = password === undefined ? undefined : await deriveAe2Key(password);
  const compressedSizeBytes = payload.sizeBytes + (key ? AE2_OVERHEAD_BYTES : 0);
  const facts = { name, method: payload.method, crc32, compressedSizeBytes, sizeBytes };
  return readyEntry({ ...facts, modifiedAt: modifiedAt.toISOString(), encrypted: key !== undefined }, payload, key);
}
