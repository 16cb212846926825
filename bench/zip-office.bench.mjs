// Office documents of the demo data (PDF, DOCX, XLSX, PNG, CSV, HTML, text), compressed. BENCH_ROUNDS (3).
import { mkdirSync } from 'node:fs';
import { extname } from 'node:path';
import { demoAccounts } from '@account-backups/demo-data/demo-accounts.js';
import { inFolder, inTurn } from './harness/rounds.mjs';
import { atMost, conclude, load } from './harness/verdict.mjs';
import { ours, Samples, sevenZip } from './harness/zip-candidates.mjs';
import { zipRows } from './harness/zip-rows.mjs';

const loadBefore = load();

await inFolder(async (folder) => {
  const samples = new Samples(folder);
  mkdirSync(samples.input);
  await fill(samples);
  const candidates = [
    ours(samples, {}),
    sevenZip(samples, '7-Zip -mx1', ['-mx1']),
    sevenZip(samples, '7-Zip -mx5', ['-mx5']),
  ].map((candidate) => (candidate.name === '7-Zip -mx5' ? { ...candidate, rounds: 1 } : candidate));
  const rows = zipRows(await inTurn(candidates, Number(process.env.BENCH_ROUNDS ?? 3)), samples.sizeBytes);
  const [mine, peer] = [rows['libs/zip'], rows['7-Zip -mx1']];
  conclude({
    name: 'zip-office',
    about: `${samples.count} office documents, ${Math.round(samples.sizeBytes / 1e6)} MB, compressed, to a file`,
    loadBefore,
    rows,
    targets: [
      atMost("time / 7-Zip -mx1's", mine.seconds / peer.seconds, 1),
      atMost("size / 7-Zip -mx1's", mine.archiveMb / peer.archiveMb, 1.02),
    ],
  });
});

async function fill(samples) {
  const [northfield] = demoAccounts('bench');
  for (const { document, files } of northfield.documents()) {
    const names = new Map(namesOf(document));
    for (const { fileId, make } of files) {
      const bytes = await wholeOf(await make());
      samples.add(`${samples.count}${extname(names.get(fileId) ?? '.bin')}`, bytes);
    }
  }
  samples.finish();
}

function namesOf(document) {
  const contents = document.versions.flatMap((version) => [version, ...(version.attachments ?? [])]);
  return contents.map(({ fileId, fileName }) => [fileId, fileName ?? '']);
}

async function wholeOf(made) {
  if (made instanceof Uint8Array) return made;
  const pieces = [];
  for await (const piece of made) pieces.push(piece);
  return Buffer.concat(pieces);
}
