import { randomBytes } from 'node:crypto';
import { recordSize } from '../format/entry-header.js';
import { ZipReader } from './zip-reader.js';
import { archiveOf, bytesOf, collect, modifiedAt, onlyEntry, open } from '../testing/archives.js';

const noise = randomBytes(50_000);
const text = Buffer.from('words and words and words '.repeat(2_000));
const PAYLOAD_IN_PLAIN = 30 + 1 + 9;
const PAYLOAD_IN_ENCRYPTED = PAYLOAD_IN_PLAIN + 11;

/** The content, or the error, that both ways of reading must agree on. */
async function readOnly(archive: Buffer, password?: string): Promise<Buffer> {
  const { reader, entry } = await onlyEntry(archive);
  const bytes = archive.subarray(entry.offset, entry.offset + recordSize(entry));
  const outcomes = [bytesOf(reader.content(entry, password)), reader.contentIn(bytes, entry, password)];
  const [inSteps, atOnce] = await Promise.allSettled(outcomes);
  expect(atOnce).toEqual(inSteps);
  return outcomes[1] as Promise<Buffer>;
}

function flipped(archive: Buffer, at: number): Buffer {
  const copy = Buffer.from(archive);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

describe('ZIP reader', () => {
  it('lists what the writer recorded', async () => {
    const { reader, entry } = await onlyEntry(await archiveOf({ a: text }, { password: 'secret' }));

    expect(reader.entryCount).toBe(1);
    expect(entry).toMatchObject({ name: 'a', method: 'deflate', encrypted: true, sizeBytes: text.length, offset: 0 });
    expect(new Date(entry.modifiedAt)).toEqual(modifiedAt);
  });

  it('opens an archive without entries', async () => {
    const reader = await open(await archiveOf({}));

    expect(reader.entryCount).toBe(0);
    expect(await collect(reader.entries())).toEqual([]);
  });

  it('finds the end record before a comment that looks like one', async () => {
    const archive = await archiveOf({ a: noise });
    const comment = Buffer.from('504b0506'.padEnd(80, 'f'), 'hex');
    archive.writeUInt16LE(comment.length, archive.length - 2);

    expect((await open(Buffer.concat([archive, comment]))).entryCount).toBe(1);
  });

  it.each([undefined, 'secret'])('finds each change of a stored content (password %s)', async (password) => {
    const archive = await archiveOf({ a: noise }, { ...(password && { password }) });
    const code = password ? 'BAD_AUTHENTICATION' : 'BAD_CRC';
    const payload = password ? PAYLOAD_IN_ENCRYPTED + 18 : PAYLOAD_IN_PLAIN;

    await expect(readOnly(flipped(archive, payload), password)).rejects.toMatchObject({ code, entryName: 'a' });
    await expect(readOnly(flipped(archive, payload + 49_999), password)).rejects.toMatchObject({ code });
  });

  it('finds a change of a deflated encrypted content and of its authentication code', async () => {
    const archive = await archiveOf({ a: text }, { password: 'secret' });
    const { entry } = await onlyEntry(archive);
    const codeAt = PAYLOAD_IN_ENCRYPTED + entry.compressedSizeBytes - 10;
    const failure = { code: 'BAD_AUTHENTICATION', entryName: 'a' };

    await expect(readOnly(flipped(archive, PAYLOAD_IN_ENCRYPTED + 18), 'secret')).rejects.toMatchObject(failure);
    await expect(readOnly(flipped(archive, codeAt), 'secret')).rejects.toMatchObject(failure);
  });

  it('finds damage in a deflated content', async () => {
    const archive = await archiveOf({ a: text });

    await expect(readOnly(flipped(archive, PAYLOAD_IN_PLAIN + 3))).rejects.toMatchObject({ entryName: 'a' });
  });

  it.each([
    ['stored', noise, undefined],
    ['deflated', text, undefined],
    ['stored and encrypted', noise, 'secret'],
    ['deflated and encrypted', text, 'secret'],
    ['empty', Buffer.alloc(0), 'secret'],
  ])('gives a content that is %s, in steps and at once', async (_, content, password) => {
    const archive = await archiveOf({ a: content }, password === undefined ? {} : { password });

    expect(await readOnly(archive, password)).toEqual(content);
  });

  it('reports an entry whose bytes end early', async () => {
    const archive = await archiveOf({ a: noise });
    const { reader, entry } = await onlyEntry(archive);

    for (const end of [10, 35, 1_000, recordSize(entry) - 1]) {
      await expect(reader.contentIn(archive.subarray(0, end), entry)).rejects.toMatchObject({ code: 'TRUNCATED' });
    }
  });

  it('accepts ranges shorter than it asked for', async () => {
    const archive = await archiveOf({ a: noise, b: text }, { password: 'secret' });
    const short = (offset: number, length: number) =>
      Promise.resolve(archive.subarray(offset, offset + Math.min(length, 7_000)));
    const reader = await ZipReader.open(short, archive.length);

    const contents = (await collect(reader.entries())).map((entry) => bytesOf(reader.content(entry, 'secret')));
    expect(await Promise.all(contents)).toEqual([noise, text]);
  });

  it('tells a wrong password from a missing one', async () => {
    const archive = await archiveOf({ a: noise }, { password: 'secret' });

    await expect(readOnly(archive)).rejects.toMatchObject({ code: 'PASSWORD_REQUIRED' });
    await expect(readOnly(flipped(archive, PAYLOAD_IN_ENCRYPTED + 16), 'secret')).rejects.toMatchObject({
      code: 'WRONG_PASSWORD',
    });
  });

  it.each([
    ['name', 30],
    ['time', 30 + 1 + 5],
    ['CRC', 14],
    ['size', 22],
    ['signature', 0],
  ])('refuses a local header with another %s', async (_, at) => {
    await expect(readOnly(flipped(await archiveOf({ a: noise }), at))).rejects.toMatchObject({
      code: 'HEADERS_DISAGREE',
    });
  });

  it('refuses a file that is no ZIP, one that is cut off, and one with a wrong count', async () => {
    const archive = await archiveOf({ a: noise });
    const miscounted = flipped(archive, archive.length - 12);

    await expect(open(randomBytes(1_000))).rejects.toMatchObject({ code: 'NOT_A_ZIP' });
    await expect(open(Buffer.alloc(0))).rejects.toMatchObject({ code: 'NOT_A_ZIP' });
    await expect(open(archive.subarray(0, -1))).rejects.toMatchObject({ code: 'NOT_A_ZIP' });
    await expect(open(archive.subarray(1))).rejects.toMatchObject({ code: 'BAD_DIRECTORY' });
    await expect(onlyEntry(miscounted)).rejects.toMatchObject({ code: 'BAD_DIRECTORY' });
  });
});
