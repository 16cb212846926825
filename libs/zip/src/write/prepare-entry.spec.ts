import { randomBytes } from 'node:crypto';
import { sourceOfBytes } from './bytes-source.js';
import type { EntrySource } from './entry-source.js';
import { prepareEntry, type PrepareOptions } from './prepare-entry.js';
import { bytesOf, modifiedAt } from '../testing/archives.js';

const text = Buffer.from('a line of text that comes again and again\n'.repeat(5_000));
const noise = randomBytes(200_000);
const numbers = Buffer.from(Array.from({ length: 30_000 }, (_, row) => `${row ** 2}\n`).join(''));
const small: PrepareOptions = { bufferBytes: 1_000_000 };
const large: PrepareOptions = { bufferBytes: 1_000 };

/** A source that counts openings and bytes read; its content may change at the opening `changed.from`. */
function watched(bytes: Buffer, changed?: { readonly from: number; readonly bytes: Buffer }) {
  const seen = { opened: 0, readBytes: 0 };
  async function* content(): AsyncGenerator<Buffer> {
    seen.opened += 1;
    const current = changed && seen.opened >= changed.from ? changed.bytes : bytes;
    for (let at = 0; at < current.length; at += 10_000) {
      const chunk = current.subarray(at, at + 10_000);
      seen.readBytes += chunk.length;
      yield chunk;
    }
  }
  const source: EntrySource = { ...sourceOfBytes('file.txt', bytes, modifiedAt), content };
  return { source, seen };
}

describe('preparing an entry', () => {
  it.each([
    ['small text', text, small, { facts: { method: 'deflate' }, verified: true }],
    ['small noise', noise, small, { facts: { method: 'store' }, verified: true }],
    ['large text', text, large, { facts: { method: 'deflate' }, verified: true }],
    ['large noise', noise, large, { facts: { method: 'store' }, verified: false }],
    [
      'text, store only',
      text,
      { ...small, compression: 'store' as const },
      { facts: { method: 'store' }, verified: true },
    ],
  ])('settles %s', async (_, bytes, options, settled) => {
    const entry = await prepareEntry(watched(bytes).source, options);

    expect(entry).toMatchObject(settled);
    expect(await bytesOf(entry.bytes())).toHaveLength(entry.sizeBytes);
  });

  it('encrypts a large content in the memory of its chunks when the source gives it', async () => {
    const chunk = new Uint8Array(65_536).fill(7);
    async function* content(): AsyncGenerator<Uint8Array> {
      yield chunk;
    }
    const source = { ...sourceOfBytes('x.pdf', chunk, modifiedAt), content, givesMemory: true };

    const written = await bytesOf((await prepareEntry(source, { ...large, password: 'secret' })).bytes());

    expect(written.length).toBeGreaterThan(65_536);
    expect(chunk).toHaveLength(0);
  });

  it('reads a content once when it is small, dense or kept deflated, and twice otherwise', async () => {
    const [buffered, dense, kept, shrinking] = [watched(text), watched(noise), watched(text), watched(numbers)];

    await bytesOf((await prepareEntry(buffered.source, small)).bytes());
    await bytesOf((await prepareEntry({ ...dense.source, name: 'x.pdf' }, large)).bytes());
    await bytesOf((await prepareEntry(kept.source, large)).bytes());
    await bytesOf((await prepareEntry(shrinking.source, large)).bytes());

    expect([buffered.seen.readBytes, dense.seen.readBytes]).toEqual([text.length, noise.length]);
    expect(kept.seen.readBytes).toBeLessThanOrEqual(text.length + 70_000);
    expect(shrinking.seen.readBytes).toBeGreaterThanOrEqual(numbers.length * 2);
    expect(shrinking.seen.readBytes).toBeLessThanOrEqual(numbers.length * 2 + 70_000);
  });

  it.each([
    ['small', text, small],
    ['large, read through before it is settled', text, large],
  ])('refuses a bad source that is %s, before a byte is emitted', async (_, bytes, options) => {
    const bad = { ...watched(bytes).source, crc32: 1 };

    await expect(prepareEntry(bad, options)).rejects.toMatchObject({ code: 'SOURCE_CRC_MISMATCH' });
  });

  it('ends with an error when a large content changes between the passes', async () => {
    const other = Buffer.from(numbers.toString().replaceAll('9', '8'));
    const entry = await prepareEntry(watched(numbers, { from: 3, bytes: other }).source, large);

    await expect(bytesOf(entry.bytes())).rejects.toMatchObject({ entryName: 'file.txt' });
  });

  it('takes another key when a large content is emitted again', async () => {
    const entry = await prepareEntry(watched(noise).source, { ...large, password: 'secret' });

    const [first, second] = [await bytesOf(entry.bytes()), await bytesOf(entry.bytes())];

    expect(second).toHaveLength(first.length);
    expect(second).not.toEqual(first);
  });

  it('uses another salt for each entry', async () => {
    const entries = await Promise.all([1, 2].map(() => prepareEntry(watched(text).source, { password: 'secret' })));
    const [first, second] = await Promise.all(entries.map((entry) => bytesOf(entry.bytes())));

    expect(first).toHaveLength(second?.length ?? 0);
    expect(first).not.toEqual(second);
  });

  it('leaves an empty file unencrypted', async () => {
    const entry = await prepareEntry(watched(Buffer.alloc(0)).source, { password: 'secret' });

    expect(entry.facts).toMatchObject({ encrypted: false, compressedSizeBytes: 0 });
  });

  it.each([
    [{ sizeBytes: -1 }, 'INVALID_ENTRY'],
    [{ crc32: 2 ** 32 }, 'INVALID_ENTRY'],
    [{ sha256: 'abc' }, 'INVALID_ENTRY'],
    [{ modifiedAt: new Date(Number.NaN) }, 'INVALID_ENTRY'],
    [{ name: '../x' }, 'INVALID_NAME'],
  ])('refuses %j', async (wrong, code) => {
    await expect(prepareEntry({ ...watched(text).source, ...wrong })).rejects.toMatchObject({ code });
  });

  it.each(['', 'a\udc00', 'x'.repeat(100), 'é'.repeat(50)])('refuses the password %j', async (password) => {
    await expect(prepareEntry(watched(text).source, { password })).rejects.toMatchObject({ code: 'INVALID_PASSWORD' });
  });
});
