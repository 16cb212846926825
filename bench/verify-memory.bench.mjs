// Does `verify` need little memory for many entries? Each size runs in a process of its own whose heap is bounded.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { crc32 } from 'node:zlib';
import { manifestLine } from '@account-backups/bag';
import { MIB } from '@account-backups/contracts';
import { writeArchive } from '@account-backups/zip';
import { withArchive } from 'account-backups/archive/opened-archive.js';
import { verifyArchive } from 'account-backups/verify/verify-archive.js';

const HEAP_MIB = 40;
const SIZES = (process.env.BENCH_ENTRIES ?? '100000,400000').split(',').map(Number);
const MAX_BYTES_AN_ENTRY = 150;
const ROOT = 'bench_20260301T120000Z_1a2b3c4d';

if (process.env.VERIFY_FILE) await measure(process.env.VERIFY_FILE);
else await compare();

async function compare() {
  const folder = mkdtempSync(join(tmpdir(), 'verify-memory-'));
  const results = [];
  try {
    for (const entries of SIZES) {
      const file = join(folder, `${entries}.zip`);
      await writeLarge(file, entries);
      results.push(await inOwnProcess(file));
      rmSync(file);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  const [least, most] = [results[0], results.at(-1)];
  const bytesAnEntry = Math.round(((most.peakRssMib - least.peakRssMib) * MIB) / (most.checked - least.checked));
  console.table(Object.fromEntries(results.map(({ checked, ...rest }) => [checked, rest])));
  console.log(`${bytesAnEntry} bytes an entry, expected at most ${MAX_BYTES_AN_ENTRY}`);
  const target = resolve(import.meta.dirname, 'results');
  mkdirSync(target, { recursive: true });
  const text = JSON.stringify({ heapMib: HEAP_MIB, bytesAnEntry, results }, null, 2);
  writeFileSync(join(target, 'verify-memory.json'), `${text}\n`);
  if (bytesAnEntry > MAX_BYTES_AN_ENTRY) process.exitCode = 1;
}

async function inOwnProcess(file) {
  const env = { ...process.env, VERIFY_FILE: file };
  const args = [`--max-old-space-size=${HEAP_MIB}`, import.meta.filename];
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const chunks = [];
  child.stdout.on('data', (chunk) => chunks.push(chunk));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${file} did not fit into a heap of ${HEAP_MIB} MiB`);
  return JSON.parse(Buffer.concat(chunks).toString());
}

async function measure(file) {
  let peak = 0;
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 50);
  const began = performance.now();
  const { findings } = await withArchive({ file }, (archive) => verifyArchive(archive, undefined));
  clearInterval(timer);
  const { checked, ...faults } = findings;
  if (Object.values(faults).some((list) => list.length > 0)) throw new Error(JSON.stringify(faults).slice(0, 500));
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  console.log(JSON.stringify({ checked, peakRssMib: Math.round(peak / MIB), seconds }));
}

/** Small files below paths of the usual length, and their manifests. */
async function writeLarge(file, entries) {
  const target = createWriteStream(file);
  for await (const chunk of writeArchive(sources(entries), {})) {
    if (!target.write(chunk)) await once(target, 'drain');
  }
  target.end();
  await once(target, 'finish');
}

function* sources(entries) {
  const lines = [];
  for (let number = 0; number < entries; number += 1) {
    const path = `data/documents/Northfield General/Clinical chemistry/SOP-${number}__Handling of samples/1.0_authorised/x.txt`;
    const bytes = Buffer.from(`content ${number}`);
    lines.push(manifestLine({ path, sha256: sha256(bytes) }));
    yield source(path, bytes);
  }
  const manifest = Buffer.from(lines.join(''));
  yield source('manifest-sha256.txt', manifest);
  const tags = manifestLine({ path: 'manifest-sha256.txt', sha256: sha256(manifest) });
  yield source('tagmanifest-sha256.txt', Buffer.from(tags));
}

function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}

function source(path, bytes) {
  const facts = { sizeBytes: bytes.length, crc32: crc32(bytes), sha256: sha256(bytes) };
  return {
    name: `${ROOT}/${path}`,
    modifiedAt: new Date('2026-03-01'),
    ...facts,
    content: async function* () {
      yield bytes;
    },
  };
}
