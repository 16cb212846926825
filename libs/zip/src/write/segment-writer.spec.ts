import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';

import { sourceOfBytes } from './bytes-source.js';
import { centralDirectory, placed } from './central-directory.js';
import { prepareEntry } from './prepare-entry.js';
import { SegmentWriter } from './segment-writer.js';
import { bytesOf, contentsOf, modifiedAt } from '../testing/archives.js';

const prepare = (name: string, text: string) => prepareEntry(sourceOfBytes(name, Buffer.from(text), modifiedAt));

describe('segments', () => {
  it('join in any order into one archive, from records that went through JSON', async () => {
    const [later, earlier] = [new SegmentWriter(), new SegmentWriter()];
    const laterBytes = await bytesOf(later.write([await prepare('c', 'third'), await prepare('d', 'fourth')]));
    const earlierBytes = await bytesOf(earlier.write([await prepare('a', 'first'), await prepare('b', 'second')]));
    const stored = JSON.parse(JSON.stringify([earlier.records, later.records]));

    const records = [...placed(stored[0], 0), ...placed(stored[1], earlier.sizeBytes)];
    const end = await bytesOf(centralDirectory(records, earlier.sizeBytes + later.sizeBytes));

    const contents = await contentsOf(Buffer.concat([earlierBytes, laterBytes, end]));
    expect(Object.entries(contents).map(([name, bytes]) => `${name} ${bytes.toString()}`)).toEqual([
      'a first',
      'b second',
      'c third',
      'd fourth',
    ]);
  });

  it('pulls entries at the pace of the consumer', async () => {
    const segment = new SegmentWriter();
    let pulled = 0;
    async function* entries() {
      for (; pulled < 100; pulled += 1) yield await prepare(`${pulled}`, 'x');
    }

    const stream = Readable.from(segment.write(entries()), { highWaterMark: 1 });
    await stream.iterator({ destroyOnReturn: true }).next();

    expect(pulled).toBeLessThan(5);
    stream.destroy();
  });

  it('fails with the name of the bad entry and records only what is complete', async () => {
    const segment = new SegmentWriter();
    const bad = { ...sourceOfBytes('bad.pdf', randomBytes(5_000), modifiedAt), crc32: 0 };
    const entries = [await prepare('good', 'good'), await prepareEntry(bad, { bufferBytes: 100 })];

    await expect(bytesOf(segment.write(entries))).rejects.toMatchObject({
      code: 'SOURCE_CRC_MISMATCH',
      entryName: 'bad.pdf',
    });
    expect(segment.records.map(({ name }) => name)).toEqual(['good']);
  });

  it('refuses an entry of another size than it promised', async () => {
    const entry = await prepare('a', 'a');

    await expect(bytesOf(new SegmentWriter().write([{ ...entry, sizeBytes: 3 }]))).rejects.toMatchObject({
      code: 'ENTRY_SIZE_CHANGED',
    });
  });
});
