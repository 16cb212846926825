import fc from 'fast-check';
import { crc32 } from 'node:zlib';
import { centralDirectory, placed } from './central-directory.js';
import { inflatedPiece, joinedPieces, PieceDeflater } from '../deflate/deflated-piece.js';
import { joinCrc32 } from '../deflate/join-crc32.js';

import { prepareJoined } from './prepare-joined.js';
import { rangesOfBytes } from '../read/range-reader.js';
import { SegmentWriter } from './segment-writer.js';
import { bytesOf } from '../testing/archives.js';
import { ZipReader } from '../read/zip-reader.js';

const at = new Date('2026-03-01T12:00:00Z');
const contents = fc.array(fc.string({ maxLength: 200 }).map(Buffer.from), { maxLength: 12 });
const rows = Buffer.from(Array.from({ length: 60_000 }, (_, row) => `${row};${row ** 2}\n`).join(''));

async function deflatedOf(content: Buffer) {
  const deflater = new PieceDeflater();
  await deflater.add(content);
  return deflater.finish();
}

async function archiveOf(pieces: readonly Buffer[], password?: string): Promise<ZipReader> {
  const archive = await bytesOfArchive(pieces, password);
  return ZipReader.open(rangesOfBytes(archive), archive.length);
}

async function bytesOfArchive(pieces: readonly Buffer[], password?: string): Promise<Buffer> {
  const made = await Promise.all(pieces.map(deflatedOf));
  async function* deflated() {
    for (const piece of made) yield* piece.deflated;
  }
  const source = { name: 'a.txt', modifiedAt: at, pieces: made.map(({ piece }) => piece), deflated };
  const writer = new SegmentWriter();
  const segment = await bytesOf(writer.write([await prepareJoined(source, password)]));
  return Buffer.concat([segment, await bytesOf(centralDirectory(placed(writer.records, 0), segment.length))]);
}

async function contentOf(archive: ZipReader, password?: string): Promise<Buffer> {
  for await (const entry of archive.entries()) return bytesOf(archive.content(entry, password));
  throw new Error('the archive is empty');
}

describe('an entry made of pieces', () => {
  it.each([undefined, 'correct horse'])('reads as its pieces in order (password: %s)', async (password) => {
    const property = fc.asyncProperty(contents, async (pieces) => {
      const content = await contentOf(await archiveOf(pieces, password), password);
      expect(content.equals(Buffer.concat(pieces))).toBe(true);
    });
    await fc.assert(property, { numRuns: 25 });
  });

  it.each([undefined, 'correct horse'])(
    'reports any flipped bit, even one that does not change the content (%s)',
    async (password) => {
      const archive = await bytesOfArchive([Buffer.from('the same\n'.repeat(9)), Buffer.from('an end')], password);
      const header = 30 + 'a.txt'.length + 9 + (password === undefined ? 0 : 11);
      const end = archive.indexOf('PK\x01\x02', 0, 'latin1');
      const kept: number[] = [];
      for (let bit = header * 8; bit < end * 8; bit += password === undefined ? 1 : 7) {
        const turned = Buffer.from(archive);
        turned.writeUInt8(turned.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
        const reader = await ZipReader.open(rangesOfBytes(turned), turned.length);
        await contentOf(reader, password).then(
          () => kept.push(bit),
          () => undefined,
        );
      }
      expect(end).toBeGreaterThan(header + 20);
      expect(kept).toEqual([]);
    },
  );

  it('takes pieces larger than a block', async () => {
    expect(rows.length).toBeGreaterThan(2 * 256 * 1024);
    const content = await contentOf(await archiveOf([rows, rows.subarray(0, 10), rows]));
    expect(content.equals(Buffer.concat([rows, rows.subarray(0, 10), rows]))).toBe(true);
  });
});

describe('a deflated piece', () => {
  it('inflates to its content', async () => {
    const { piece, deflated } = await deflatedOf(rows);
    expect((await inflatedPiece(Buffer.concat(deflated))).equals(rows)).toBe(true);
    expect(piece).toMatchObject({ sizeBytes: rows.length, crc32: crc32(rows) });
  });

  it('is empty without content', async () => {
    expect(await new PieceDeflater().finish()).toEqual({ piece: joinedPieces([]), deflated: [] });
  });
});

it('joins CRC-32s into the CRC-32 of the whole', () => {
  const bytes = fc.uint8Array({ maxLength: 5_000 });
  const property = fc.property(bytes, bytes, (one, other) => {
    expect(joinCrc32(crc32(one), crc32(other), other.length)).toBe(crc32(other, crc32(one)));
  });
  fc.assert(property);
});
