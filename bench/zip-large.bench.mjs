// One large incompressible file with AES-256. BENCH_MIB (300), BENCH_ROUNDS (5).
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { MIB } from '@account-backups/contracts';
import { inFolder, inTurn } from './harness/rounds.mjs';
import { conclude, load } from './harness/verdict.mjs';
import { oldArchiver, ours, oursAgain, Samples, sevenZip } from './harness/zip-candidates.mjs';
import { encryptedTargets, zipRows } from './harness/zip-rows.mjs';

const mib = Number(process.env.BENCH_MIB ?? 300);
const password = 'correct horse';
const loadBefore = load();

await inFolder(async (folder) => {
  const samples = new Samples(folder);
  mkdirSync(samples.input);
  samples.add('scan.pdf', randomBytes(mib * MIB));
  samples.finish();
  const candidates = [
    ours(samples, { password }),
    oursAgain(samples, { password }),
    sevenZip(samples, '7-Zip', ['-mem=AES256', '-mx0', `-p${password}`]),
    oldArchiver(samples, password, 1),
  ];
  const rows = zipRows(await inTurn(candidates, Number(process.env.BENCH_ROUNDS ?? 5)), samples.sizeBytes);
  conclude({
    name: 'zip-large',
    about: `one file of ${mib} MiB, incompressible, AES-256, to a file`,
    loadBefore,
    rows,
    targets: encryptedTargets(rows, { mostOf7Zip: 1, leastTimesArchiver: 40 }),
  });
});
