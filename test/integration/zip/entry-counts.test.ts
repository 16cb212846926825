import { join } from 'node:path';
import { sourceOfBytes, type EntrySource } from '@account-backups/zip';
import { inFolder, readers, runTool, sevenZip } from './harness.js';
import { writeZip } from './sample-files.js';

const modifiedAt = new Date('2026-03-01T09:30:01Z');
// One more than the end record can hold, so every reader has to find the ZIP64 record. More counts take minutes.
const counts = (process.env['ENTRY_COUNTS'] ?? '65536').split(',').map(Number);

function* numbered(count: number): Generator<EntrySource> {
  for (let index = 0; index < count; index += 1) {
    yield sourceOfBytes(`${index % 100}/${index}.txt`, Buffer.from(String(index)), modifiedAt);
  }
}

describe.each(counts)('an archive of %d entries', (count) => {
  it('is whole to 7-Zip, bsdtar, unzip, Python, libzip and zip4j', async () => {
    await inFolder(async (folder) => {
      const archive = join(folder, 'many.zip');
      await writeZip(archive, numbered(count));

      const tested = (await sevenZip(['t', archive])).toString();
      const listed = (await runTool(['bsdtar', '-tf', archive], 'libarchive-tools')).toString().trim().split('\n');
      const unzipped = (await runTool(['unzip', '-tq', archive], 'unzip')).toString();
      const inLibzip = (await runTool(['ziptool', '-c', archive, 'get_num_entries', '0'], 'ziptool')).toString();

      expect(tested).toMatch(new RegExp(`Everything is Ok[^]*Files: ${count}`));
      expect(listed).toHaveLength(count);
      expect(unzipped).toContain('No errors detected');
      expect(inLibzip).toContain(String(count));
      expect(Object.keys(await readers.python(archive))).toHaveLength(count);
      expect(Object.keys(await readers.zip4j(archive))).toHaveLength(count);
    });
  }, 600_000);
});
