import { crc32 } from 'node:zlib';
import { sourceOfBytes, writeArchive, ZipReader, type EntrySource } from '@account-backups/zip';

const ZEROS = Buffer.alloc(1024 * 1024);
const LIMIT = 2 ** 32;
const modifiedAt = new Date('2026-03-01T09:30:01Z');

/** A source of zeros that holds no memory of them. */
function zeros(name: string, sizeBytes: number, crc: number): EntrySource {
  async function* content(): AsyncGenerator<Buffer> {
    for (let left = sizeBytes; left > 0; left -= ZEROS.length) yield ZEROS.subarray(0, Math.min(left, ZEROS.length));
  }
  return { name, modifiedAt, sizeBytes, crc32: crc, content };
}

function crcOfZeros(sizeBytes: number): number {
  let crc = 0;
  for (let left = sizeBytes; left > 0; left -= ZEROS.length) crc = crc32(ZEROS.subarray(0, left), crc);
  return crc;
}

/** An archive that keeps all of its bytes but the zeros. */
class SparseArchive {
  readonly #pieces: { readonly at: number; readonly bytes: Buffer }[] = [];
  sizeBytes = 0;

  async take(chunks: AsyncIterable<Buffer>): Promise<void> {
    for await (const bytes of chunks) {
      if (bytes.buffer !== ZEROS.buffer) this.#pieces.push({ at: this.sizeBytes, bytes });
      this.sizeBytes += bytes.length;
    }
  }

  readonly readRange = async (offset: number, length: number): Promise<Buffer> => {
    const range = Buffer.alloc(Math.min(length, this.sizeBytes - offset));
    for (const { at, bytes } of this.#pieces) {
      const from = Math.max(0, offset - at);
      if (from < bytes.length && at < offset + range.length) bytes.copy(range, Math.max(0, at - offset), from);
    }
    return range;
  };
}

describe('an archive with entries around and beyond 4 GiB', () => {
  it('has ZIP64 headers that its reader follows, to entries on both sides of the limit', async () => {
    const crc = crcOfZeros(LIMIT - 1);
    const sources = [
      sourceOfBytes('first', Buffer.from('first'), modifiedAt),
      zeros('below.pdf', LIMIT - 1, crc),
      zeros('at.pdf', LIMIT, crc32(Buffer.alloc(1), crc)),
      zeros('above.pdf', LIMIT + 1, crc32(Buffer.alloc(2), crc)),
      sourceOfBytes('last', Buffer.from('last'), modifiedAt),
    ];
    const archive = new SparseArchive();
    await archive.take(writeArchive(sources));

    const reader = await ZipReader.open(archive.readRange, archive.sizeBytes);
    const seen: (string | number | undefined)[][] = [];
    for await (const entry of reader.entries()) {
      // The first chunk arrives only after the local and the central header have been compared.
      const { value } = await reader.content(entry).next();
      seen.push([
        entry.name,
        entry.sizeBytes,
        entry.compressedSizeBytes,
        entry.crc32,
        value?.subarray(0, 5).toString(),
      ]);
    }

    expect(archive.sizeBytes).toBeGreaterThan(3 * LIMIT);
    expect(seen.map(([name, sizeBytes, stored]) => [name, sizeBytes, stored])).toEqual(
      sources.map(({ name, sizeBytes }) => [name, sizeBytes, sizeBytes]),
    );
    expect(seen.map(([, , , crcOfEntry]) => crcOfEntry)).toEqual(sources.map((source) => source.crc32));
    expect([seen[0]?.[4], seen[4]?.[4]]).toEqual(['first', 'last']);
  }, 60_000);
});
