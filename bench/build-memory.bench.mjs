// What memory one builder needs for DOCUMENTS documents of FILE_KIB each, from planning to the end. Bound: 256 MiB.
// All documents have one of a few contents, so that the store holds no more than the archive.
import { randomBytes } from 'node:crypto';
import { documentOf, openYard, putFile } from '../test/integration/zip-builder/build-yard.mjs';
import { NODE_FLAGS, completion, option, peakMib, report, until } from './build-report.mjs';

const DOCUMENTS = option('DOCUMENTS', 40_000);
const FILE_KIB = option('FILE_KIB', 50);

const yard = await openYard({ settings: { SEGMENT_MIB: '64', LEASE_SECONDS: '30', NODE_FLAGS } });
const contents = [];
for (let number = 0; number < 16; number += 1) {
  contents.push(await putFile(yard.store, 'bench', 'f', randomBytes(FILE_KIB * 1_024)));
}
const builder = await yard.startBuilder();
const started = peakMib(builder.pid);
const begun = performance.now();
const backupId = await yard.order(
  'bench',
  {
    count: DOCUMENTS,
    sizeBytes: DOCUMENTS * FILE_KIB * 1_024,
    document: (number) => documentOf(number, `Procedure ${number}.pdf`),
    content: (number) => ({ ...contents[number % contents.length], fileId: `f-${number}` }),
  },
  process.env.PASSWORD,
);
const planned = await until(() => builder.events.find(({ event }) => event === 'archive.planned'));
const peaks = { startMib: started, plannedMib: peakMib(builder.pid) };
await until(() => builder.events.filter(({ event }) => event === 'segment.built').length >= planned.segmentCount);
peaks.segmentsMib = peakMib(builder.pid);
const outcome = await completion(yard, backupId);
const seconds = (performance.now() - begun) / 1_000;
const peak = peakMib(builder.pid);
await yard.close();
report('build-memory', [
  {
    documents: DOCUMENTS,
    archiveMib: Math.round(outcome.sizeBytes / 1_048_576),
    seconds: Math.round(seconds),
    ...peaks,
    peakMib: peak,
  },
]);
if (peak > 256) process.exitCode = 1;
