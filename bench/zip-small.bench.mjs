// Many small files with AES-256: keys to derive. BENCH_FILES (5000), BENCH_ROUNDS (5),
// BENCH_EXTENSION (pdf, which is stored unread; another, as bin, for contents that must be looked at).
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { inFolder, inTurn } from './harness/rounds.mjs';
import { conclude, load } from './harness/verdict.mjs';
import { oldArchiver, ours, oursAgain, Samples, sevenZip } from './harness/zip-candidates.mjs';
import { encryptedTargets, zipRows } from './harness/zip-rows.mjs';

const files = Number(process.env.BENCH_FILES ?? 5_000);
const extension = process.env.BENCH_EXTENSION ?? 'pdf';
const FILE_BYTES = 20_000;
const password = 'correct horse';
const loadBefore = load();

await inFolder(async (folder) => {
  const samples = new Samples(folder);
  mkdirSync(samples.input);
  for (let number = 0; number < files; number += 1) samples.add(`${number}.${extension}`, randomBytes(FILE_BYTES));
  samples.finish();
  const candidates = [
    ours(samples, { password }),
    oursAgain(samples, { password }),
    sevenZip(samples, '7-Zip', ['-mem=AES256', '-mx0', `-p${password}`]),
    oldArchiver(samples, password, 1),
  ];
  const rows = zipRows(await inTurn(candidates, Number(process.env.BENCH_ROUNDS ?? 5)), samples.sizeBytes);
  conclude({
    name: 'zip-small',
    about: `${files} files (${extension}) of ${FILE_BYTES} bytes, AES-256, to a file`,
    loadBefore,
    rows,
    targets: encryptedTargets(rows, { mostOf7Zip: 1.1, leastTimesArchiver: 11 }),
  });
});
