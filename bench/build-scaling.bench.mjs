// One archive by 1, 2, 4 and 8 builders, the store LATENCY_MS late at each call. Bound: 7 × at 8. All processes share
// this machine, so the latency must outweigh what its cores can do: on two cores 300 ms does, 30 ms does not.
import { randomBytes } from 'node:crypto';
import { documentsOf, openYard, putFile } from '../test/integration/zip-builder/build-yard.mjs';
import { openStoreProxy } from '../test/integration/zip-builder/store-proxy.mjs';
import { completion, option, report, secondsBetween } from './build-report.mjs';

const LATENCY_MS = option('LATENCY_MS', 300);
const FILES = option('FILES', 3_200);
const FILE_BYTES = 100_000;
const builderCounts = (process.env.BUILDERS ?? '1,2,4,8').split(',').map(Number);

const target = new URL(process.env.TEST_OBJECT_STORE_URL);
target.pathname = `/bench-${randomBytes(4).toString('hex')}`;
const proxy = await openStoreProxy(target.href);
const rows = [];
for (const count of builderCounts) {
  proxy.rules.latencyMs = 0;
  const yard = await openYard({
    objectStoreUrl: proxy.url,
    settings: { SEGMENT_MIB: '8', LEASE_SECONDS: '30', SEGMENTS_IN_FLIGHT: '16', READ_BACK_MIB: '0' },
  });
  const content = await putFile(yard.store, 'bench', 'f', randomBytes(FILE_BYTES));
  const files = Array.from({ length: FILES }, (_, number) => ({ content: { ...content, fileId: `f-${number}` } }));
  const builders = [];
  for (let started = 0; started < count; started += 1) builders.push(await yard.startBuilder());
  proxy.rules.latencyMs = LATENCY_MS;
  const begun = { time: new Date().toISOString() };
  await completion(yard, await yard.order('bench', documentsOf(files)));
  const all = secondsBetween(begun, { time: new Date().toISOString() });
  const events = builders.flatMap((builder) => builder.events).toSorted((a, b) => (a.time < b.time ? -1 : 1));
  const built = events.filter(({ event }) => event === 'segment.built');
  const segments = secondsBetween(
    events.find(({ event }) => event === 'archive.planned'),
    built.at(-1),
  );
  rows.push({
    builders: count,
    latencyMs: LATENCY_MS,
    segmentCount: built.length,
    segmentsSeconds: segments,
    allSeconds: all,
  });
  await yard.close();
}
proxy.close();
const [one] = rows;
const compared = rows.map((each) => ({
  ...each,
  segmentsTimes: Number((one.segmentsSeconds / each.segmentsSeconds).toFixed(2)),
  allTimes: Number((one.allSeconds / each.allSeconds).toFixed(2)),
}));
report('build-scaling', compared);
const last = compared.at(-1);
if (last.builders === 8 && last.segmentsTimes < 7) process.exitCode = 1;
