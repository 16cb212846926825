// Store → archive → store by one builder, against a plain copy of the same objects by one process.
import { randomBytes } from 'node:crypto';
import { MIB } from '@account-backups/contracts';
import { documentsOf, putFile } from '../test/support/dist/build-yard/documents.js';
import { openYard } from '../test/support/dist/build-yard/yard.js';
import {
  AS_IN_THE_IMAGE,
  completion,
  option,
  peakMib,
  processorSeconds,
  testArchive,
  timeOf,
} from './harness/building.mjs';
import { rounded } from './harness/rounds.mjs';
import { atLeast, conclude, load } from './harness/verdict.mjs';

const FILES = option('FILES', 64);
const FILE_MIB = option('FILE_MIB', 8);
const ROUNDS = option('BENCH_ROUNDS', 5);
const AT_ONCE = 8;
const PASSWORD = 'six words in the dark';
const totalMib = FILES * FILE_MIB;

const loadBefore = load();
const yard = await openYard({ settings: { SEGMENT_MIB: '64', LEASE_SECONDS: '30', ...AS_IN_THE_IMAGE } });
const files = [];
for (let number = 0; number < FILES; number += 1) {
  files.push(await putFile(yard.store, 'bench', `f-${number}`, randomBytes(FILE_MIB * MIB)));
}
const builder = await yard.startBuilder();

async function plainCopy() {
  const left = [...files];
  const begun = performance.now();
  const copyNext = async () => {
    for (let file = left.pop(); file; file = left.pop()) {
      const stream = await yard.store.get(file.objectKey);
      await yard.store.put(`${file.objectKey}-copy`, stream, { sizeBytes: file.sizeBytes });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, copyNext));
  const seconds = (performance.now() - begun) / 1_000;
  await Promise.all(files.map(({ objectKey }) => yard.store.delete(`${objectKey}-copy`)));
  return { all: seconds };
}

async function archive(password) {
  builder.events.length = 0;
  const begun = Date.now();
  const takenBefore = processorSeconds(builder.pid);
  const backupId = await yard.order(
    'bench',
    documentsOf(files.map((content) => ({ content, fileName: 'Procedure.pdf' }))),
    password,
  );
  const outcome = await completion(yard, backupId);
  const all = (Date.now() - begun) / 1_000;
  const processor = processorSeconds(builder.pid) - takenBefore;
  const [planned, built, closed] = ['archive.planned', 'segment.built', 'archive.closed'].map((event) =>
    timeOf([builder], event, 'last'),
  );
  await testArchive(yard, outcome, password);
  await yard.end('bench', backupId);
  return { all, segments: (built - planned) / 1_000, closing: (closed - built) / 1_000, processor };
}

// In turn, so that a busy minute falls on all of them. The first round counts for none: V8 compiles what runs often.
const runs = { 'plain copy, 8 at a time': [], archive: [], 'archive, AES-256': [] };
for (let round = 0; round <= ROUNDS; round += 1) {
  const measured = [await plainCopy(), await archive(), await archive(PASSWORD)];
  if (round > 0) Object.values(runs).forEach((all, at) => all.push(measured[at]));
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const of = (name, measure) => median(runs[name].map((run) => run[measure] ?? 0));
// Round by round: how fast the store takes what is written changes by a third from one minute to another.
const ofTheCopy = (name, measure) =>
  median(runs[name].map((run, round) => runs['plain copy, 8 at a time'][round].all / run[measure]));
const rows = Object.fromEntries(
  Object.keys(runs).map((name) => [
    name,
    {
      seconds: rounded(of(name, 'all')),
      segmentsSeconds: rounded(of(name, 'segments')),
      closingSeconds: rounded(of(name, 'closing')),
      builderProcessorSeconds: rounded(of(name, 'processor')),
      mibPerSecond: Math.round(totalMib / of(name, 'all')),
      ofTheCopy: rounded(ofTheCopy(name, 'all')),
    },
  ]),
);
rows.archive.peakMib = peakMib(builder.pid);
await yard.close();
conclude({
  name: 'build-throughput',
  about: `${totalMib} MiB in ${FILES} files, store to archive to store, one builder; medians of ${ROUNDS}`,
  loadBefore,
  rows,
  targets: [
    atLeast('throughput / a plain copy', ofTheCopy('archive', 'all'), 0.7),
    atLeast('the same without closing', ofTheCopy('archive', 'segments'), 0.7),
  ],
});
