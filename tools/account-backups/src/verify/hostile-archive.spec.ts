// Archives that are made to exhaust whoever checks them. What they cost is bounded by their size.
import { crc32, deflateRawSync } from 'node:zlib';
import { centralDirectory, localHeader, placed, type EntryRecord } from '@account-backups/zip';
import { archiveOf, bagOf, opened, ROOT } from '../testing/bag-archive.js';
import { faultCount, type Findings } from './findings.js';
import { verifyArchive } from './verify-archive.js';

const MIB = 1_048_576;

async function found(bytes: Buffer): Promise<Findings> {
  return (await verifyArchive(await opened(bytes), undefined)).findings;
}

/** How far the memory of this process grows while it works, at most, looked at between its steps. */
async function memoryOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage().rss;
  let peak = before;
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 10);
  await work().finally(() => clearInterval(timer));
  return peak - before;
}

/** Entries of other names, all of which lie where the first lies. */
async function overlapping(entries: number, content: Buffer): Promise<Buffer> {
  const packed = deflateRawSync(content);
  const first: EntryRecord = {
    name: `${ROOT}/data/0000000`,
    method: 'deflate',
    crc32: crc32(content),
    compressedSizeBytes: packed.length,
    sizeBytes: content.length,
    modifiedAt: '2026-01-01T00:00:00.000Z',
    encrypted: false,
    compressedCrc32: crc32(packed),
    offset: 0,
  };
  const header = localHeader(first);
  const records = Array.from({ length: entries }, (_, number) => {
    return { ...first, name: `${ROOT}/data/${String(number).padStart(7, '0')}` };
  });
  const blocks = [header, packed];
  for await (const block of centralDirectory(placed(records, 0), header.length + packed.length)) blocks.push(block);
  return Buffer.concat(blocks);
}

describe('verify, given a hostile archive', () => {
  it('reads no byte for two entries', async () => {
    const bytes = await overlapping(20_000, Buffer.alloc(8 * MIB));
    const { checked, damaged, counts } = await found(bytes);
    expect([checked, damaged.length, counts.damaged]).toEqual([20_000, 100, 19_999]);
  }, 30_000);

  it('names a hundred faults of a kind and counts the others', async () => {
    const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, number) => [`data/${number}.txt`, 'x']));
    const { extra, missing, counts } = await found(await archiveOf(many));
    expect([extra.length, missing, counts.extra]).toEqual([100, [], 1_000]);
    const promised = bagOf({ ...many, 'data/a.txt': 'one' });
    const left = Object.fromEntries(Object.keys(bagOf()).map((path) => [path, promised[path] ?? null]));
    const lacking = await found(await archiveOf(left));
    expect([lacking.missing.length, lacking.counts.missing]).toEqual([100, 1_000]);
  });

  it.each(['manifest-sha256.txt', 'data/provenance.json'])(
    'needs little memory and time for %s in one endless line',
    async (path) => {
      const bytes = await archiveOf({ [path]: ' '.repeat(96 * MIB) });
      let findings: Findings | undefined;
      const bytesMore = await memoryOf(async () => (findings = await found(bytes)));
      expect(findings && faultCount(findings)).toBeGreaterThan(0);
      expect(bytesMore).toBeLessThan(80 * MIB);
    },
    20_000,
  );

  it('reads no further in a manifest that is made of empty lines, or lists a file again and again', async () => {
    const lines = await found(await archiveOf({ 'manifest-sha256.txt': '\n'.repeat(16 * MIB) }));
    expect(lines.damaged).toContainEqual({ where: 'manifest-sha256.txt', fault: expect.any(String) });
    const line = (bagOf()['manifest-sha256.txt'] ?? '').split('\n')[0] ?? '';
    const again = await found(await archiveOf({ 'manifest-sha256.txt': `${line}\n`.repeat(200_000) }));
    expect(again.counts.damaged).toBeLessThan(100_010);
    expect(again.damaged[0]?.fault).toBe('it lists data/a.txt more than once');
  }, 20_000);

  it('does not read an entry that states more than its bytes can hold', async () => {
    const bytes = await archiveOf({ 'data/a.txt': 'one' });
    // the sizes of the first entry, in its local and its central header
    const { reader } = await opened(bytes);
    for (const at of [22, reader.directoryOffset + 24]) bytes.writeUInt32LE(4_000_000_000, at);
    const { altered, damaged } = await found(bytes);
    expect(altered).toEqual(['data/a.txt']);
    expect(damaged).toEqual([
      { where: `${ROOT}/data/a.txt`, fault: 'it states 4000000000 bytes, 3 packed ones hold at most 3' },
    ]);
  });

  it('counts exceptions of any making in the memory of a few', async () => {
    const wide = Array.from({ length: 20_000 }, () => 'c').join(',');
    const codes = Array.from({ length: 20_000 }, (_, at) => `C${at}`).join('\r\n');
    const narrow = bagOf({ 'data/exceptions.csv': `code\r\n${codes}\r\n` });
    const { exceptions } = await verifyArchive(await opened(await archiveOf(narrow)), undefined);
    expect(Object.keys(exceptions ?? {})).toHaveLength(51);
    expect(exceptions).toMatchObject({ C0: 1, OTHER: 19_950 });
    const many = bagOf({ 'data/exceptions.csv': `${wide}\r\n${'x\r\n'.repeat(50_000)}` });
    expect((await verifyArchive(await opened(await archiveOf(many)), undefined)).exceptions).toEqual({
      OTHER: 50_000,
    });
    const endless = bagOf({ 'data/exceptions.csv': `code\r\n"${'x\r\n'.repeat(50_000)}` });
    const { findings } = await verifyArchive(await opened(await archiveOf(endless)), undefined);
    expect(findings.damaged).toMatchObject([{ where: 'data/exceptions.csv' }]);
  }, 30_000);
});
