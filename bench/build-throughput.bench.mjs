// Store → archive → store by one builder, against a plain copy of the same objects. Bound: 0.7 of the copy's speed.
import { randomBytes } from 'node:crypto';
import { documentsOf, openYard, putFile } from '../test/integration/zip-builder/build-yard.mjs';
import { NODE_FLAGS, completion, MIB, option, peakMib, report, secondsBetween } from './build-report.mjs';

const FILES = option('FILES', 64);
const FILE_MIB = option('FILE_MIB', 8);
const AT_ONCE = 8;
const totalMib = FILES * FILE_MIB;

const yard = await openYard({ settings: { SEGMENT_MIB: '64', LEASE_SECONDS: '30', NODE_FLAGS } });
const files = [];
for (let number = 0; number < FILES; number += 1) {
  files.push(await putFile(yard.store, 'bench', `f-${number}`, randomBytes(FILE_MIB * MIB)));
}
const rows = [];
const row = (what, seconds, more = {}) => {
  rows.push({ what, mib: totalMib, seconds, mibPerSecond: Math.round(totalMib / seconds), ...more });
};

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
  return (performance.now() - begun) / 1_000;
}

async function archive(password) {
  const builder = await yard.startBuilder();
  const begun = { time: new Date().toISOString() };
  const backupId = await yard.order('bench', documentsOf(files.map((content) => ({ content }))), password);
  await completion(yard, backupId);
  const ended = { time: new Date().toISOString() };
  const built = builder.events.filter(({ event }) => event === 'segment.built');
  const planned = builder.events.find(({ event }) => event === 'archive.planned');
  const peak = peakMib(builder.pid);
  await builder.kill('SIGTERM');
  return { written: secondsBetween(planned, built.at(-1)), all: secondsBetween(begun, ended), peak };
}

const copies = [await plainCopy()];
const plain = await archive();
copies.push(await plainCopy());
const encrypted = await archive('six words in the dark');
copies.push(await plainCopy());
const copy = Math.min(...copies);
row('plain copy, 8 at a time (best of 3)', copy);
for (const { name, times } of [
  { name: 'archive', times: plain },
  { name: 'archive, AES-256', times: encrypted },
]) {
  const against = (seconds) => ({ againstCopy: Number((copy / seconds).toFixed(2)), peakMib: times.peak });
  row(`${name}: segments`, times.written, against(times.written));
  row(`${name}: all, planned, closed and read back`, times.all, against(times.all));
}
await yard.close();
report('build-throughput', rows);
if (copy / plain.written < 0.7) process.exitCode = 1;
