// How long planning takes, and what memory, for DOCUMENTS documents (default 1,000,000). Bound: 60 s a million.
import { contentFacts, documentOf, openYard } from '../test/integration/zip-builder/build-yard.mjs';
import { fileKey, randomKeyPart } from '@account-backups/object-store';
import { NODE_FLAGS, option, peakMib, report, secondsBetween, until } from './build-report.mjs';

const counts = [option('DOCUMENTS', 1_000_000)].flatMap((count) => [Math.ceil(count / 10), count]);
const known = contentFacts('f', fileKey('bench', randomKeyPart()), Buffer.from('never read'));
const rows = [];
for (const count of counts) {
  const yard = await openYard({ settings: { SEGMENT_MIB: '64', LEASE_SECONDS: '30', NODE_FLAGS } });
  const builder = await yard.startBuilder();
  const before = peakMib(builder.pid);
  const documents = {
    count,
    sizeBytes: count * 100_000,
    document: (number) => documentOf(number, `Procedure ${number}.pdf`),
    content: (number) => ({ ...known, fileId: `f-${number}`, sizeBytes: 100_000 }),
  };
  const begun = { time: new Date().toISOString() };
  const backupId = await yard.order('bench', documents);
  const planned = await until(() => builder.events.find(({ event }) => event === 'archive.planned'));
  const seconds = secondsBetween(begun, planned);
  rows.push({
    documents: count,
    seconds,
    perSecond: Math.round(count / seconds),
    segments: planned.segmentCount,
    startMib: before,
    peakMib: peakMib(builder.pid),
  });
  await builder.kill();
  await yard.end('bench', backupId);
  await yard.close();
}
report('build-planning', rows);
const perMillion = (rows.at(-1).seconds / rows.at(-1).documents) * 1_000_000;
if (perMillion > 60) process.exitCode = 1;
