// By hand, after `npx tsc -b libs/zip`: node test/integration/zip/large-archive.mjs [folder]
// Archives with entries of 2^32-1, 2^32 and 2^32+1 bytes and others beyond them, tested by foreign readers. The plain one
// is sparse (16 GB long, little on disk); the encrypted one takes 4.3 GB. Some minutes.
import { spawnSync } from 'node:child_process';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { rangesOfFile, sourceOfBytes, writeArchive, ZipReader } from '../../../libs/zip/dist/index.js';

const ZEROS = Buffer.alloc(1024 * 1024);
const LIMIT = 2 ** 32;
const modifiedAt = new Date('2026-03-01T09:30:01Z');
const password = 'correct horse';

function zeros(name, sizeBytes) {
  const chunks = function* () {
    for (let left = sizeBytes; left > 0; left -= ZEROS.length) yield ZEROS.subarray(0, Math.min(left, ZEROS.length));
  };
  let crc = 0;
  for (const chunk of chunks()) crc = crc32(chunk, crc);
  return {
    name,
    modifiedAt,
    sizeBytes,
    crc32: crc,
    content: async function* () {
      yield* chunks();
    },
  };
}

async function writeSparse(path, chunks) {
  const file = await open(path, 'w');
  let at = 0;
  for await (const chunk of chunks) {
    if (chunk.buffer !== ZEROS.buffer) await file.write(chunk, 0, chunk.length, at);
    at += chunk.length;
  }
  await file.close();
}

async function ownReader(path) {
  const file = await open(path);
  const reader = await ZipReader.open(rangesOfFile(file), (await file.stat()).size);
  for await (const entry of reader.entries()) {
    let sizeBytes = 0;
    for await (const chunk of reader.content(entry, password)) sizeBytes += chunk.length;
    console.log(`own reader: ${entry.name} ${sizeBytes} bytes, offset ${entry.offset}`);
  }
  await file.close();
}

function foreign(tool, ...args) {
  const begunAt = performance.now();
  const { status, stdout, stderr, error } = spawnSync(tool, args, { encoding: 'utf8' });
  const seconds = ((performance.now() - begunAt) / 1000).toFixed(0);
  const said = `${stdout ?? ''}${stderr ?? ''}`.trim().split('\n').slice(-6).join('\n    ');
  console.log(`${tool} ${args.join(' ')}: ${error?.message ?? `exit ${status}`} (${seconds} s)\n    ${said}`);
  if (status !== 0) process.exitCode = 1;
}

const folder = await mkdtemp(join(process.argv[2] ?? tmpdir(), 'zip-large-'));
try {
  const small = (name) => sourceOfBytes(name, Buffer.from(name), modifiedAt);
  const plain = join(folder, 'plain.zip');
  const sources = [
    small('first'),
    zeros('below.pdf', LIMIT - 1),
    zeros('at.pdf', LIMIT),
    zeros('above.pdf', LIMIT + 1),
  ];
  await writeSparse(plain, writeArchive([...sources, small('last')]));
  await ownReader(plain);
  foreign('7zz', 't', plain);
  foreign('unzip', '-t', plain);
  foreign('bsdtar', '-xOf', plain, 'first', 'last');
  foreign('python3', '-c', `import zipfile; print('bad:', zipfile.ZipFile('${plain}').testzip())`);

  const encrypted = join(folder, 'encrypted.zip');
  await writeSparse(encrypted, writeArchive([zeros('above.pdf', LIMIT + 1), small('last')], { password }));
  await ownReader(encrypted);
  foreign('7zz', 't', `-p${password}`, encrypted);
  foreign('bsdtar', '--passphrase', password, '-xOf', encrypted, 'last');
} finally {
  await rm(folder, { recursive: true, force: true });
}
