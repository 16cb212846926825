// One large incompressible file with AES-256. BENCH_MIB (300), BENCH_ROUNDS (5).
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { inFolder, inTurn, rounded } from './harness/rounds.mjs';
import { atLeast, atMost, conclude, load } from './harness/verdict.mjs';
import { oldArchiver, ours, Samples, sevenZip } from './harness/zip-candidates.mjs';
import { zipRows } from './harness/zip-rows.mjs';

const mib = Number(process.env.BENCH_MIB ?? 300);
const password = 'correct horse';
const loadBefore = load();

await inFolder(async (folder) => {
  const samples = new Samples(folder);
  mkdirSync(samples.input);
  samples.add('scan.pdf', randomBytes(mib * 1_048_576));
  samples.finish();
  const candidates = [
    ours(samples, { password }),
    sevenZip(samples, '7-Zip', ['-mem=AES256', '-mx0', `-p${password}`]),
    oldArchiver(samples, password, 1),
  ];
  const rows = zipRows(await inTurn(candidates, Number(process.env.BENCH_ROUNDS ?? 5)), samples.sizeBytes);
  const { seconds, inside } = rows['libs/zip'];
  const old = rows['archiver-zip-encrypted'].seconds;
  conclude({
    name: 'zip-large',
    about: `one file of ${mib} MiB, incompressible, AES-256, to a file`,
    loadBefore,
    rows,
    targets: [
      atMost("whole process / 7-Zip's", seconds / rows['7-Zip'].seconds, 1),
      atMost("without the start of Node / 7-Zip's", inside / rows['7-Zip'].seconds, 1),
      atLeast(`archiver-zip-encrypted's / ours (7-Zip: ${rounded(old / rows['7-Zip'].seconds)})`, old / seconds, 40),
    ],
  });
});
