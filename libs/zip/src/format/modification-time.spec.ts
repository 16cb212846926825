import fc from 'fast-check';
import { archiveOfSources, bytesOf, collect, open } from '../testing/archives.js';
import { recordSize } from './entry-header.js';
import { sourceOfBytes } from '../index.js';

const FIRST = Date.UTC(-1, 0, 1);
const LAST = Date.UTC(10_000, 11, 31);
const second = fc.oneof(
  fc.integer({ min: FIRST / 1000, max: LAST / 1000 }),
  ...[-62_135_596_800, -11_644_473_600, -(2 ** 31), 0, 315_532_800, 2 ** 31, 2 ** 32, 4_354_819_200].map((edge) =>
    fc.integer({ min: edge - 2, max: edge + 2 }),
  ),
);
const moments = fc.array(
  second.map((each) => new Date(each * 1000)),
  { minLength: 1, maxLength: 8 },
);

const readTimes = async (times: readonly Date[], password?: string) => {
  const sources = times.map((time, at) => sourceOfBytes(`${at}.txt`, Buffer.from('text '.repeat(at + 1)), time));
  const reader = await open(await archiveOfSources(sources, password === undefined ? {} : { password }));
  const entries = await collect(reader.entries());
  for (const entry of entries) await bytesOf(reader.content(entry, password));
  return { reader, entries };
};

describe('the time of an entry', () => {
  it('is any at all: the archive reads back, and is as long as its entries say', async () => {
    await fc.assert(
      fc.asyncProperty(moments, fc.constantFrom(undefined, 'secret'), async (times, password) => {
        const { reader, entries } = await readTimes(times, password);
        expect(entries).toHaveLength(times.length);
        expect(entries.reduce((sum, entry) => sum + recordSize(entry), 0)).toBe(reader.directoryOffset);
      }),
      { numRuns: 60 },
    );
  });

  it('comes back from 1601 on; an earlier one as the first that a ZIP knows', async () => {
    await fc.assert(
      fc.asyncProperty(moments, async (times) => {
        const { entries } = await readTimes(times);
        const expected = times.map((time) => (time > new Date('1601-01-01') ? time : new Date('1980-01-01')));
        expect(entries.map(({ modifiedAt }) => new Date(modifiedAt))).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['1969-12-31T23:59:59Z', 0x000a],
    ['1970-01-01T00:00:00Z', 0x5455],
    ['2038-01-19T03:14:07Z', 0x5455],
    ['2038-01-19T03:14:08Z', 0x000a],
  ])('at %s lies in the field %d, which no reader takes for another time', async (time, id) => {
    const bytes = await archiveOfSources([sourceOfBytes('a', Buffer.from('x'), new Date(time))]);
    expect(bytes.readUInt16LE(31)).toBe(id);
  });
});
