// One archive by two builders, undisturbed and with one of them killed half-way: how long until it is whole.
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { documentsOf, putFile } from '../test/support/dist/build-yard/documents.js';
import { openYard } from '../test/support/dist/build-yard/yard.js';
import { AS_IN_THE_IMAGE, completion, option, testArchive } from './harness/building.mjs';
import { atMost, conclude, load } from './harness/verdict.mjs';

const FILES = option('FILES', 1_500);
const FILE_BYTES = option('FILE_BYTES', 500_000);
const ROUNDS = option('ROUNDS', 3);

const loadBefore = load();
const yard = await openYard({ settings: { SEGMENT_MIB: '64', LEASE_SECONDS: '30', ...AS_IN_THE_IMAGE } });
const contents = await Promise.all(
  Array.from({ length: 20 }, (_, number) => putFile(yard.store, 'bench', `f-${number}`, randomBytes(FILE_BYTES))),
);
const files = Array.from({ length: FILES }, (_, number) => ({
  content: { ...contents[number % contents.length], fileId: `f-${number}` },
  fileName: `Procedure ${number}.pdf`,
}));

async function build(killAfterMs) {
  const builders = [await yard.startBuilder(), await yard.startBuilder()];
  await completion(yard, await yard.order('bench', documentsOf(files.slice(0, 200))));
  const begun = performance.now();
  const backupId = await yard.order('bench', documentsOf(files));
  if (killAfterMs !== undefined) {
    await sleep(killAfterMs);
    await builders[0].kill();
  }
  const outcome = await completion(yard, backupId);
  const seconds = (performance.now() - begun) / 1_000;
  await testArchive(yard, outcome);
  await Promise.all(builders.map((builder) => builder.kill()));
  return seconds;
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const undisturbed = [];
const killed = [];
for (let round = 0; round < ROUNDS; round += 1) {
  undisturbed.push(await build());
  killed.push(await build(median(undisturbed) * 500));
}
await yard.close();
conclude({
  name: 'builder-killed',
  about: `${FILES} files of ${FILE_BYTES} bytes, two builders, lease of 30 s; seconds, median of ${ROUNDS}`,
  loadBefore,
  rows: { undisturbed: { seconds: median(undisturbed) }, 'one killed half-way': { seconds: median(killed) } },
  targets: [atMost('killed / undisturbed', median(killed) / median(undisturbed), 2)],
});
