// How long planning takes, and what memory, for a tenth and a quarter of DOCUMENTS documents and for all of them.
// A tenth ends before V8 first collects all; from a quarter on, memory is what it stays at.
import { contentFacts, documentOf } from '../test/support/dist/build-yard/documents.js';
import { openYard } from '../test/support/dist/build-yard/yard.js';
import { fileKey, randomKeyPart } from '@account-backups/object-store';
import { AS_IN_THE_IMAGE, option, peakMib, until } from './harness/building.mjs';
import { rounded } from './harness/rounds.mjs';
import { atMost, conclude, load } from './harness/verdict.mjs';

const DOCUMENTS = option('DOCUMENTS', 1_000_000);
const FILE_BYTES = 100_000;
const known = contentFacts('f', fileKey('bench', randomKeyPart()), Buffer.from('never read'));
const loadBefore = load();

// One process for each, so that the peak is its own. Nothing is built: the contents are not there.
async function plan(count) {
  const yard = await openYard({ settings: { SEGMENT_MIB: '64', LEASE_SECONDS: '30', ...AS_IN_THE_IMAGE } });
  const builder = await yard.startBuilder();
  const startMib = peakMib(builder.pid);
  const begun = Date.now();
  const backupId = await yard.order('bench', {
    count,
    sizeBytes: count * FILE_BYTES,
    document: (number) => documentOf(number, `Procedure ${number}.pdf`),
    content: (number) => ({ ...known, fileId: `f-${number}`, sizeBytes: FILE_BYTES }),
  });
  const planned = await until(() => builder.events.find(({ event }) => event === 'archive.planned'), 5);
  const seconds = (Date.parse(planned.time) - begun) / 1_000;
  const row = { seconds: rounded(seconds), segments: planned.segmentCount, startMib, peakMib: peakMib(builder.pid) };
  await builder.kill();
  await yard.end('bench', backupId);
  await yard.close();
  return row;
}

const rows = {};
const [tenth, quarter] = [10, 4].map((part) => Math.ceil(DOCUMENTS / part));
for (const count of [tenth, quarter, DOCUMENTS]) rows[count] = await plan(count);
const all = rows[DOCUMENTS];
conclude({
  name: 'build-planning',
  about: `planning alone; the documents come from the benchmark's own process`,
  loadBefore,
  rows,
  targets: [
    atMost('seconds for a million', (all.seconds / DOCUMENTS) * 1_000_000, 60),
    atMost('peak MiB', all.peakMib, 256),
    atMost('peak MiB more than for a quarter', all.peakMib - rows[quarter].peakMib, 32),
  ],
});
