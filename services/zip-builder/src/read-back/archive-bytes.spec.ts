import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { MIB } from '@account-backups/contracts';
import type { GetOptions, ObjectStore } from '@account-backups/object-store';
import fc from 'fast-check';
import { ArchiveBytes } from './archive-bytes.js';

const LARGE_BYTES = MIB;
const content = randomBytes(2 * LARGE_BYTES + 10_007);
const sha256 = createHash('sha256').update(content).digest('hex');
const archive = { key: 'a', sizeBytes: content.length };
const signal = new AbortController().signal;

/** As a store gives objects and ranges of them; notes the ranges. */
function storeOf(ranges: number[] = []): Pick<ObjectStore, 'get'> {
  const get = async (_key: string, { range }: GetOptions) => {
    if (!range)
      return Readable.from(Array.from({ length: 100 }, (_, at) => content.subarray(at * 22_000, (at + 1) * 22_000)));
    ranges.push(range.start);
    return Readable.from([content.subarray(range.start, range.end)]);
  };
  return { get };
}

const open = (ranges?: number[]) => new ArchiveBytes(storeOf(ranges), archive, signal);
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const bytesAt = (start: number, length: number) => content.subarray(start, start + length);

describe('the bytes of an archive', () => {
  it('are there at any place, whatever is worked on; and their SHA-256 is that of the whole', async () => {
    const range = fc
      .tuple(fc.nat(content.length - 1), fc.integer({ min: 1, max: 30_000 }))
      .map(([start, length]) => ({ start, end: start + length }));
    const property = fc.asyncProperty(fc.array(range, { maxLength: 10 }), async (all) => {
      const bytes = open();
      const found = await Promise.all(all.map((each) => bytes.held(each)));
      expect(found.map(hashOf)).toEqual(all.map(({ start, end }) => hashOf(content.subarray(start, end))));
      expect(await bytes.sha256()).toBe(sha256);
    });
    await fc.assert(property, { numRuns: 25 });
  });

  it('come out of one stream when ranges follow one another', async () => {
    const ranges: number[] = [];
    const bytes = open(ranges);
    const small = [0, 1_000, 2_000].map((start) => bytes.held({ start, end: start + 1_000 }));
    expect(Buffer.concat(await Promise.all(small))).toEqual(bytesAt(0, 3_000));
    const large = { start: 3_000, end: LARGE_BYTES + 3_500, isUsedUp: false };
    const steps = await bytes.during(large, async () => [
      await bytes.read(3_000, 500),
      await bytes.read(3_500, LARGE_BYTES),
    ]);
    expect(Buffer.concat(steps).equals(bytesAt(3_000, LARGE_BYTES + 500))).toBe(true);
    expect(ranges).toEqual([]);
  });

  it('of what is used up at once come in what memory there is, as many as lie together', async () => {
    const ranges: number[] = [];
    const bytes = open(ranges);
    const hash = createHash('sha256');
    await bytes.during({ start: 0, end: content.length, isUsedUp: true }, async () => {
      for (let at = 0; at < content.length;) {
        const piece = await bytes.read(at, content.length - at);
        hash.update(piece);
        at += piece.length;
      }
    });
    expect(hash.digest('hex')).toBe(sha256);
    expect(await bytes.sha256()).toBe(sha256);
    expect(ranges).toEqual([]);
  });

  it('are whole while the memory goes round many times', async () => {
    const large = randomBytes(20 * LARGE_BYTES);
    const cuts = Array.from({ length: 320 }, (_, at) => large.subarray(at * 65_536, (at + 1) * 65_536));
    const store = { get: async () => Readable.from(cuts) };
    const bytes = new ArchiveBytes(store, { key: 'a', sizeBytes: large.length }, signal);
    const range = { start: 0, end: large.length - 99, isUsedUp: true };
    const contentHash = createHash('sha256');
    await bytes.during(range, async () => {
      for (let at = 0; at < range.end;) {
        const piece = await bytes.read(at, range.end - at);
        contentHash.update(piece);
        at += piece.length;
      }
    });
    expect(contentHash.digest('hex')).toBe(hashOf(large.subarray(0, range.end)));
    expect(await bytes.sha256()).toBe(hashOf(large));
  });

  it('are fetched in blocks at another place', async () => {
    const ranges: number[] = [];
    const bytes = open(ranges);
    expect(await bytes.held({ start: 5_000, end: 5_010 })).toEqual(bytesAt(5_000, 10));
    expect(ranges).toContain(0);
  });

  it('are as many as are expected, or else have no SHA-256', async () => {
    for (const sizeBytes of [content.length - 1, content.length + 1]) {
      const bytes = new ArchiveBytes(storeOf(), { ...archive, sizeBytes }, signal);
      await expect(bytes.sha256()).rejects.toMatchObject({ code: 'ARCHIVE_UNREADABLE' });
    }
  });

  it('break off with the error of the stream', async () => {
    const get = async () =>
      Readable.from(
        (async function* broken() {
          yield content.subarray(0, 100);
          throw new Error('away');
        })(),
      );
    const bytes = new ArchiveBytes({ get }, archive, signal);
    await expect(bytes.sha256()).rejects.toThrow('away');
  });
});
