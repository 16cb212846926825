import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { sourceOfBytes } from './bytes-source.js';
import { verifiedContent, type EntrySource } from './entry-source.js';
import { bytesOf, modifiedAt } from '../testing/archives.js';

const content = Buffer.from('the content as registered');
const sha256 = createHash('sha256').update(content).digest('hex');
const source: EntrySource = { ...sourceOfBytes('a.txt', content, modifiedAt), sha256 };
const reading = (changed: Partial<EntrySource>): Promise<Buffer> => bytesOf(verifiedContent({ ...source, ...changed }));

describe('verified content', () => {
  it('passes on a content that is as promised, from any kind of stream', async () => {
    expect(await reading({})).toEqual(content);
    expect(await reading({ content: () => Readable.from([content.subarray(0, 5), content.subarray(5)]) })).toEqual(
      content,
    );
    expect(await reading({ sha256: sha256.toUpperCase() })).toEqual(content);
  });

  it.each([
    [{ sizeBytes: content.length + 1 }, 'SOURCE_SHORT'],
    [{ sizeBytes: content.length - 1 }, 'SOURCE_LONG'],
    [{ crc32: 1 }, 'SOURCE_CRC_MISMATCH'],
    [{ sha256: '0'.repeat(64) }, 'SOURCE_HASH_MISMATCH'],
  ])('fails for %j with %s and names the entry', async (changed, code) => {
    await expect(reading(changed)).rejects.toMatchObject({ name: 'ZipError', code, entryName: 'a.txt' });
  });

  it('never passes on more than promised', async () => {
    const endless = async function* (): AsyncGenerator<Uint8Array> {
      for (;;) yield Buffer.alloc(10);
    };
    let seenBytes = 0;

    const run = async (): Promise<void> => {
      for await (const chunk of verifiedContent({ ...source, content: endless })) seenBytes += chunk.length;
    };

    await expect(run()).rejects.toMatchObject({ code: 'SOURCE_LONG' });
    expect(seenBytes).toBeLessThanOrEqual(content.length);
  });

  it('keeps the error of the source as cause, whether it opens badly or breaks off', async () => {
    const cause = new Error('connection reset');
    const broken = new Readable({ read: () => broken.destroy(cause) });
    const unopened = (): never => {
      throw cause;
    };

    await expect(reading({ content: () => broken })).rejects.toMatchObject({ code: 'SOURCE_READ_FAILED', cause });
    await expect(reading({ content: unopened })).rejects.toMatchObject({ code: 'SOURCE_READ_FAILED', cause });
  });

  it('closes the source when the reader stops early', async () => {
    const stream = Readable.from([content.subarray(0, 5), content.subarray(5)]);

    for await (const chunk of verifiedContent({ ...source, content: () => stream })) {
      expect(chunk).toHaveLength(5);
      break;
    }

    expect(stream.destroyed).toBe(true);
  });
});
