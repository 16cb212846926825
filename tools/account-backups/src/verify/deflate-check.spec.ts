// Archives whose streams another deflate wrote: another zlib, level or version of ours. Their contents are what counts.
import { crc32, deflateRawSync, type ZlibOptions } from 'node:zlib';
import { centralDirectory, localHeader, placed, type EntryRecord } from '@account-backups/zip';
import { archiveOf, bagOf, opened, ROOT, type BagContents } from '../testing/bag-archive.js';
import type { Findings } from './findings.js';
import { verifyArchive } from './verify-archive.js';

const prose = (sentences: number) =>
  Array.from({ length: sentences }, (_, number) => `Sample ${number * 7919} is ${number % 7} days old.\n`).join('');
const ownBytes: BagContents = { 'data/a.txt': prose(40), 'data/b.txt': prose(200), 'data/large.txt': prose(20_000) };

/** As `archiveOf`, every entry deflated by zlib at once with these options. */
async function foreignArchive(files: BagContents, options: ZlibOptions): Promise<Buffer> {
  const blocks: Buffer[] = [];
  const records: EntryRecord[] = [];
  let offset = 0;
  for (const [path, text] of Object.entries(bagOf({ ...files, 'data/provenance.json': '{}' }))) {
    const payload = deflateRawSync(text, options);
    const sizes = { compressedSizeBytes: payload.length, sizeBytes: Buffer.byteLength(text), crc32: crc32(text) };
    const modifiedAt = '2026-01-01T00:00:02.000Z';
    const name = `${ROOT}/${path}`;
    const record: EntryRecord = { name, method: 'deflate', encrypted: false, modifiedAt, offset, ...sizes };
    records.push(record);
    const header = localHeader(record);
    blocks.push(header, payload);
    offset += header.length + payload.length;
  }
  for await (const block of centralDirectory(placed(records, 0), offset)) blocks.push(block);
  return Buffer.concat(blocks);
}

const findingsOf = async (bytes: Buffer): Promise<Findings> =>
  (await verifyArchive(await opened(bytes), undefined)).findings;
const sound = { missing: [], extra: [], altered: [], damaged: [] };

describe('an archive that another deflate wrote', () => {
  it.each<[string, ZlibOptions]>([
    ['at another level', { level: 9 }],
    ['at the lowest level', { level: 1 }],
    ['with another memory', { level: 4, memLevel: 4 }],
    ['by Huffman codes alone', { strategy: 2 }],
    ['with fixed codes', { strategy: 4 }],
    ['in one block, so that only the large stream is another', { level: 4 }],
  ])('is sound %s', async (_how, options) => {
    expect(await findingsOf(await foreignArchive(ownBytes, options))).toMatchObject(sound);
  });

  it('has other streams than ours, else nothing is shown here', async () => {
    const ours = await archiveOf(bagOf({ ...ownBytes, 'data/provenance.json': '{}' }));
    const theirs = await foreignArchive(ownBytes, { level: 4 });
    expect(theirs.length).not.toBe(ours.length);
  });
});

describe('an archive of ours', () => {
  it('has the spare bits guarded of a stream larger than all others', async () => {
    const bytes = await archiveOf(bagOf(ownBytes));
    const { reader } = await opened(bytes);
    const ends: number[] = [];
    for await (const entry of reader.entries()) {
      if (!entry.name.endsWith('/large.txt')) continue;
      ends.push(entry.offset + localHeader(entry).length + entry.compressedSizeBytes);
    }
    const last = (ends[0] ?? 0) - 1;
    const copy = Buffer.from(bytes);
    copy.writeUInt8(copy.readUInt8(last) ^ 0x80, last);
    const { altered, damaged } = await findingsOf(copy);
    expect([altered, damaged.map(({ where }) => where)]).toEqual([[], [`${ROOT}/data/large.txt`]]);
  });
});
