// What memory one builder needs for DOCUMENTS documents, from planning to the end. Every FILE_EVERY-th has a file, of
// FILE_KIB; LARGE_FILES of LARGE_MIB each come on top. Files share a few contents, so that the store holds little more
// than the archive; COMPRESSIBLE=1 makes them shrink to nearly nothing, for sizes that no disk here would hold.
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { KIB, MIB } from '@account-backups/contracts';
import { documentOf, putContent } from '../test/support/dist/build-yard/documents.js';
import { openYard } from '../test/support/dist/build-yard/yard.js';
import {
  AS_IN_THE_IMAGE,
  completion,
  NODE_FLAGS,
  option,
  peakMib,
  testArchive,
  timeOf,
  until,
} from './harness/building.mjs';
import { atMost, conclude, load } from './harness/verdict.mjs';

const DOCUMENTS = option('DOCUMENTS', 20_000);
const FILE_KIB = option('FILE_KIB', 50);
const FILE_EVERY = option('FILE_EVERY', 1);
const LARGE_FILES = option('LARGE_FILES', 0);
const LARGE_MIB = option('LARGE_MIB', 1_024);
const COMPRESSIBLE = option('COMPRESSIBLE', 0) === 1;
const PASSWORD = process.env.PASSWORD;

const loadBefore = load();
const block = (mib) => (COMPRESSIBLE ? Buffer.alloc(mib * MIB, 'the same again and again\n') : randomBytes(mib * MIB));

/** `mib` MiB that nobody holds. */
function* blocks(mib) {
  for (let left = mib; left > 0; left -= 4) yield block(Math.min(4, left));
}

const yard = await openYard({
  settings: { SEGMENT_MIB: '64', LEASE_SECONDS: '30', ...AS_IN_THE_IMAGE },
});
const put = (name, content) => putContent(yard.store, 'bench', name, content);
const small = [];
for (let number = 0; number < 16; number += 1)
  small.push(await put('f', Readable.from([block(1).subarray(0, FILE_KIB * KIB)])));
const large = LARGE_FILES > 0 ? await put('f', Readable.from(blocks(LARGE_MIB))) : undefined;
const isLarge = (number) => number < LARGE_FILES;
const hasFile = (number) => isLarge(number) || number % FILE_EVERY === 0;
const fileCount = LARGE_FILES + Math.ceil(DOCUMENTS / FILE_EVERY);
const sizeBytes = LARGE_FILES * LARGE_MIB * MIB + (DOCUMENTS / FILE_EVERY) * FILE_KIB * KIB;

const builder = await yard.startBuilder();
const memory = { start: peakMib(builder.pid) };
const begun = Date.now();
const backupId = await yard.order(
  'bench',
  {
    count: DOCUMENTS,
    fileCount,
    sizeBytes,
    document: (number) =>
      documentOf(number, hasFile(number) ? `Procedure ${number}.${COMPRESSIBLE ? 'txt' : 'pdf'}` : null),
    content: (number) => {
      const content = isLarge(number) ? large : small[number % small.length];
      return hasFile(number) ? { ...content, fileId: `f-${number}` } : null;
    },
  },
  PASSWORD,
);
const planned = await until(() => builder.events.find(({ event }) => event === 'archive.planned'));
memory.planned = peakMib(builder.pid);
const built = () => builder.events.filter(({ event }) => event === 'segment.built').length;
for (const share of [0.25, 0.5, 1]) {
  await until(() => built() >= planned.segmentCount * share, 100);
  memory[`segments ${share * 100} %`] = peakMib(builder.pid);
}
const outcome = await completion(yard, backupId);
memory.closed = peakMib(builder.pid);
const closing = (timeOf([builder], 'archive.closed') - timeOf([builder], 'segment.built', 'last')) / 1_000;
const seconds = (Date.now() - begun) / 1_000;
await testArchive(yard, outcome, PASSWORD);
await yard.close();
conclude({
  name: 'build-memory',
  about: `peak MiB of one builder (${NODE_FLAGS}): ${DOCUMENTS} documents, ${fileCount} files, ${Math.round(sizeBytes / MIB)} MiB`,
  loadBefore,
  rows: { memory, seconds: { planned: (Date.parse(planned.time) - begun) / 1_000, closing, all: seconds } },
  targets: [atMost('peak MiB', memory.closed, 256)],
});
