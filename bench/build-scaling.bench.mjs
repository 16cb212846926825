// One archive by 1, 2, 4 and 8 builders, the store LATENCY_MS late at each call. All of them, the proxy and the parts
// share this machine, so that the wait must outweigh the work: files are small, and each segment has one content on its
// way at a time. With more, fewer builders would keep two cores busy, and nothing would be learnt about the building.
import { randomBytes } from 'node:crypto';
import { documentsOf, putFile } from '../test/support/dist/build-yard/documents.js';
import { openYard } from '../test/support/dist/build-yard/yard.js';
import { AS_IN_THE_IMAGE, completion, option, testArchive, timeOf } from './harness/building.mjs';
import { openLateStore } from './harness/late-store.mjs';
import { rounded } from './harness/rounds.mjs';
import { atLeast, conclude, load } from './harness/verdict.mjs';

const LATENCY_MS = option('LATENCY_MS', 30);
const FILES = option('FILES', 15_232);
const FILE_BYTES = option('FILE_BYTES', 20_000);
const PREFETCH_FILES = process.env.PREFETCH_FILES ?? '1';
const builderCounts = (process.env.BUILDERS ?? '1,2,4,8').split(',').map(Number);

const loadBefore = load();
const target = new URL(process.env.TEST_OBJECT_STORE_URL);
target.pathname = `/bench-${randomBytes(4).toString('hex')}`;
const store = await openLateStore(target.href);

async function build(count) {
  store.latencyMs = 0;
  const settings = { SEGMENT_MIB: '8', LEASE_SECONDS: '30', SEGMENTS_IN_FLIGHT: '16', READ_BACK_MIB: '0' };
  const yard = await openYard({
    objectStoreUrl: store.url,
    settings: { ...settings, PREFETCH_FILES, ...AS_IN_THE_IMAGE },
  });
  const content = await putFile(yard.store, 'bench', 'f', randomBytes(FILE_BYTES));
  const files = Array.from({ length: FILES }, (_, number) => ({
    content: { ...content, fileId: `f-${number}` },
    fileName: `Procedure ${number}.pdf`,
  }));
  const builders = [];
  for (let started = 0; started < count; started += 1) builders.push(await yard.startBuilder());
  await warmUp(yard, files.slice(0, 1_000), 3 * count);
  store.latencyMs = LATENCY_MS;
  const begun = Date.now();
  const outcome = await completion(yard, await yard.order('bench', documentsOf(files)));
  const seconds = (Date.now() - begun) / 1_000;
  store.latencyMs = 0;
  const planned = timeOf(builders, 'archive.planned', 'last');
  const built = timeOf(builders, 'segment.built', 'last');
  await testArchive(yard, outcome);
  await yard.close();
  const steps = { planning: (planned - begun) / 1_000, segments: (built - planned) / 1_000 };
  return { seconds, ...steps, closing: (timeOf(builders, 'archive.closed', 'last') - built) / 1_000 };
}

// Builders live for weeks: what V8 compiles in the first seconds of each is no part of an archive's time. These
// archives are just too large to be made in one go, so that planning, segments and closing are all warm.
async function warmUp(yard, files, archives) {
  const backupIds = [];
  for (let made = 0; made < archives; made += 1) backupIds.push(await yard.order('bench', documentsOf(files)));
  for (const backupId of backupIds) await completion(yard, backupId);
}

const rows = {};
for (const count of builderCounts) rows[count] = await build(count);
store.close();
const times = (count) => rows[builderCounts[0]].seconds / rows[count].seconds;
for (const count of builderCounts) rows[count] = { ...rows[count], times: rounded(times(count)) };
const most = builderCounts.at(-1);
conclude({
  name: 'build-scaling',
  about: `${FILES} files of ${FILE_BYTES} bytes, ${LATENCY_MS} ms a call, ${PREFETCH_FILES} on its way a segment; by builders`,
  loadBefore,
  rows,
  targets: most === 8 && builderCounts[0] === 1 ? [atLeast('whole archive: 1 builder / 8', times(8), 7)] : [],
});
