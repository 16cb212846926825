// node write-ours.mjs <sources.json> <archive> <options as JSON> [times]: an archive by libs/zip, as often as told;
// prints the seconds that the last time took inside.
import { createReadStream, readFileSync, rmSync } from 'node:fs';
import { writeArchiveFile } from '@account-backups/zip';

const [, , list, archive, options, times = '1'] = process.argv;
const READ_WHOLE_BYTES = 8 * 1_048_576;
const modifiedAt = new Date('2026-03-01T12:00:00Z');

// As in the product, size and CRC-32 are known beforehand; the library checks both again while it reads.
const sources = JSON.parse(readFileSync(list, 'utf8')).map(({ name, path, sizeBytes, crc32 }) => ({
  name,
  modifiedAt,
  sizeBytes,
  crc32,
  givesMemory: true,
  content: () => (sizeBytes > READ_WHOLE_BYTES ? createReadStream(path, { highWaterMark: 1_048_576 }) : whole(path)),
}));

// Small files from the page cache: a trip to the thread pool would take longer than the read.
async function* whole(path) {
  yield readFileSync(path);
}

let insideSeconds = 0;
for (let time = 0; time < Number(times); time += 1) {
  rmSync(archive, { force: true });
  const begun = performance.now();
  await writeArchiveFile(archive, sources, JSON.parse(options));
  insideSeconds = (performance.now() - begun) / 1_000;
}
console.log(JSON.stringify({ insideSeconds }));
