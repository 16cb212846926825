import { crc32 } from 'node:zlib';
import type { EntrySource } from './entry-source.js';

/** A source over bytes in memory, which must not change. Computes their size and CRC-32. */
export function sourceOfBytes(name: string, bytes: Uint8Array, modifiedAt: Date): EntrySource {
  async function* content(): AsyncGenerator<Uint8Array> {
    if (bytes.length > 0) yield bytes;
  }
  return { name, modifiedAt, sizeBytes: bytes.length, crc32: crc32(bytes), content };
}
