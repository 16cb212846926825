// The promise behind `verify`: no byte of an archive can be turned unnoticed, wherever it lies.
import fc from 'fast-check';
import { ZipError } from '@account-backups/zip';
import { archiveOf, opened, ROOT } from '../testing/bag-archive.js';
import { faultCount, type Findings } from './findings.js';
import { StructureCheck } from './structure-check.js';
import { verifyArchive } from './verify-archive.js';

/** How many bytes are turned, others in each run. One of an archive with a password takes six times as long. */
const TURNS = Number(process.env['TURNED_BYTES'] ?? 360);

interface Region {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** Every byte of the archive belongs to one: each entry with its header, the directory, its end. */
async function regionsOf(bytes: Buffer): Promise<readonly Region[]> {
  const { reader } = await opened(bytes);
  const entries: { name: string; from: number }[] = [];
  for await (const { name, offset } of reader.entries()) entries.push({ name, from: offset });
  const starts = [
    ...entries,
    { name: 'directory', from: reader.directoryOffset },
    { name: 'end', from: bytes.length - 22 },
  ];
  return starts.map(({ name, from }, index) => ({ name, from, to: starts[index + 1]?.from ?? bytes.length }));
}

function turned(bytes: Buffer, at: number, mask: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(at) ^ mask, at);
  return copy;
}

/** What verify says of the archive, one text. */
async function saidOf(bytes: Buffer, password: string | undefined): Promise<string> {
  try {
    const { findings } = await verifyArchive(await opened(bytes), password);
    return faultCount(findings) === 0 ? '' : wordsOf(findings);
  } catch (error) {
    if (ZipError.is(error) || error instanceof Error) return `${error.message} ${nameIn(error)}`;
    throw error;
  }
}

const nameIn = (error: Error) => (ZipError.is(error) ? (error.entryName ?? '') : '');
const wordsOf = ({ damaged, missing, extra, altered }: Findings) =>
  [...damaged.map(({ where }) => where), ...missing, ...extra, ...altered].join('\n');

const pathOf = ({ name }: Region) => name.slice(ROOT.length + 1);

/** Damage to an entry is named by its path. That to the directory shows as anything: even names are others then. */
function isNamed(said: string, region: Region, regions: readonly Region[]): boolean {
  const entries = regions.slice(0, -2);
  return said !== '' && (!entries.includes(region) || said.includes(pathOf(region)));
}

describe.each([
  ['in the clear', undefined],
  ['protected', 'correct horse'],
])('an archive %s', (_kind, password) => {
  let bytes: Buffer;
  let regions: readonly Region[];

  beforeAll(async () => {
    bytes = await archiveOf({}, password);
    regions = await regionsOf(bytes);
  });

  it('is sound before a byte is turned', async () => {
    expect(await saidOf(bytes, password)).toBe('');
  });

  it('cannot have a byte turned anywhere without verify naming the place', async () => {
    const place = fc.nat(regions.length - 1).chain((index) => {
      const { from, to } = regions[index] ?? { from: 0, to: 1 };
      return fc.record({ index: fc.constant(index), at: fc.integer({ min: from, max: to - 1 }) });
    });
    await fc.assert(
      fc.asyncProperty(place, fc.integer({ min: 1, max: 255 }), async ({ index, at }, mask) => {
        const region = regions[index];
        const said = await saidOf(turned(bytes, at, mask), password);
        expect(region && isNamed(said, region, regions) ? '' : `${region?.name} at ${at} ^ ${mask}: ${said}`).toBe('');
      }),
      { numRuns: password === undefined ? TURNS : TURNS / 6 },
    );
  }, 120_000);

  it('cannot have a bit turned in the last byte of any entry', async () => {
    const ends = regions.slice(0, -2).filter(({ name }) => !name.endsWith('none.txt'));
    const turns = ends.flatMap(({ name, to }) => [1, 2, 4, 8, 16, 32, 64, 128].map((mask) => ({ name, to, mask })));
    expect(turns.length).toBeGreaterThan(8);
    const missed: string[] = [];
    for (const { name, to, mask } of turns) {
      const said = await saidOf(turned(bytes, to - 1, mask), password);
      if (!said.includes(name.slice(ROOT.length + 1))) missed.push(`${name} ^ ${mask}: ${said}`);
    }
    expect(missed).toEqual([]);
  }, 60_000);

  it('cannot be cut anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), async (length) => {
        expect(await saidOf(bytes.subarray(0, length), password)).not.toBe('');
      }),
      { numRuns: 100 },
    );
  }, 60_000);
});

describe('an archive of so many entries that it needs ZIP64', () => {
  const ENTRIES = 65_536;
  let bytes: Buffer;

  beforeAll(async () => {
    const names = Array.from({ length: ENTRIES - 8 }, (_, number) => [`data/${number}.txt`, ''] as const);
    bytes = await archiveOf(Object.fromEntries(names));
  }, 60_000);

  // In the ZIP64 end record, in its locator, and in the end record behind them.
  it('cannot have its end changed without verify saying so', async () => {
    const ends = [14, 48, 64, 90].map((at) => bytes.length - 98 + at);
    const said: string[] = [];
    for (const at of ends) said.push(await structureOf(turned(bytes, at, 1)));
    expect(said.filter((text) => !/directory|central header|ZIP64/.test(text))).toEqual([]);
    expect(await structureOf(bytes)).toBe('');
  }, 120_000);
});

/** What the check of the structure alone says: contents are not what is at stake here. */
async function structureOf(bytes: Buffer): Promise<string> {
  try {
    const archive = await opened(bytes);
    const structure = new StructureCheck(archive);
    for await (const entry of archive.reader.entries()) await structure.take(entry);
    return (await structure.finish()).named.map(({ where }) => where).join('\n');
  } catch (error) {
    if (ZipError.is(error)) return error.message;
    throw error;
  }
}
