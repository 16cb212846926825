// By hand, after `npm run build`: node test/integration/zip/large-archive.mjs [folder] Entries of 2^32-1, 2^32 and
// 2^32+1 bytes and one after them, stored, deflated and with AES-256: foreign readers extract every content, and its
// SHA-256 must be that of what went in. The stored archive is sparse; the encrypted one takes 13 GB of the folder. Ends
// with exit code 1 if one differs. Takes a quarter of an hour.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { rangesOfFile, sourceOfBytes, writeArchive, ZipReader } from '../../../libs/zip/dist/index.js';

const ZEROS = Buffer.alloc(1024 * 1024);
const LIMIT = 2 ** 32;
const modifiedAt = new Date('2026-03-01T09:30:01Z');
const PASSWORD = 'Straße 密码 🔑';
const here = import.meta.dirname;
const zip4jJar = ['/usr/share/java/zip4j.jar', '/usr/share/java/zip4j-2.11.4.jar'].find((path) => existsSync(path));

function* zeroChunks(sizeBytes) {
  for (let left = sizeBytes; left > 0; left -= ZEROS.length) yield ZEROS.subarray(0, Math.min(left, ZEROS.length));
}

function zeros(name, sizeBytes) {
  const sha256 = createHash('sha256');
  let crc = 0;
  for (const chunk of zeroChunks(sizeBytes)) {
    crc = crc32(chunk, crc);
    sha256.update(chunk);
  }
  const content = async function* () {
    yield* zeroChunks(sizeBytes);
  };
  return { name, modifiedAt, sizeBytes, crc32: crc, sha256: sha256.digest('hex'), content };
}

function small(name) {
  const bytes = Buffer.from(name);
  return { ...sourceOfBytes(name, bytes, modifiedAt), sha256: createHash('sha256').update(bytes).digest('hex') };
}

async function writeSparse(path, chunks) {
  const file = await open(path, 'w');
  let at = 0;
  for await (const chunk of chunks) {
    if (chunk.buffer !== ZEROS.buffer) await file.write(chunk, 0, chunk.length, at);
    at += chunk.length;
  }
  await file.close();
  return at;
}

async function ownHashes(path, password) {
  const file = await open(path);
  const hashes = {};
  const reader = await ZipReader.open(rangesOfFile(file), (await file.stat()).size);
  for await (const entry of reader.entries()) {
    const sha256 = createHash('sha256');
    for await (const chunk of reader.content(entry, password)) sha256.update(chunk);
    hashes[entry.name] = sha256.digest('hex');
  }
  await file.close();
  return hashes;
}

/** SHA-256 of the one content that a program prints. */
function hashOfOutput(command, tolerated) {
  const quoted = command.map((part) => `'${part.replaceAll("'", String.raw`'\''`)}'`).join(' ');
  const script = `set -o pipefail; ${quoted} | sha256sum`;
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  });
  if (status !== 0 && !tolerated?.test(stderr)) throw new Error(`${command[0]}: exit ${status}: ${stderr.trim()}`);
  return stdout.slice(0, 64);
}

function hashOfEach(sources, command, tolerated) {
  return Object.fromEntries(
    sources.map(({ name }, index) => [name, hashOfOutput(command(name, String(index)), tolerated)]),
  );
}

function hashesPrinted(program, ...args) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program}: ${error?.message ?? `exit ${status}: ${stderr.trim()}`}`);
  const pairs = stdout.trim().split('\n');
  return Object.fromEntries(
    pairs.map((line) => line.split(' ')).map(([name, hash]) => [Buffer.from(name, 'base64').toString(), hash]),
  );
}

function foreignReaders(archive, sources, password) {
  const zip4j = ['-cp', zip4jJar, join(here, 'Zip4jHashes.java'), archive, ...(password ? [password] : [])];
  const passphrase = password ? ['--passphrase', password] : [];
  const unlock = password ? ['set_password', password] : [];
  const all = {
    '7-Zip': () => hashOfEach(sources, (name) => ['7zz', 'x', '-so', `-p${password ?? ''}`, archive, name]),
    bsdtar: () => hashOfEach(sources, (name) => ['bsdtar', ...passphrase, '-xOf', archive, name]),
    zip4j: () => hashesPrinted('java', ...zip4j),
    // Up to 1.8 it reports a CRC error after the last byte of an AE-2 entry, whose CRC is 0 as the format demands.
    libzip: () =>
      hashOfEach(
        sources,
        (_name, index) => ['ziptool', '-c', archive, ...unlock, 'cat', index],
        password && /CRC error/,
      ),
  };
  if (password) return all;
  return {
    ...all,
    'Info-ZIP': () => hashOfEach(sources, (name) => ['unzip', '-p', archive, name]),
    Python: () => hashesPrinted('python3', join(here, 'python-hashes.py'), archive),
  };
}

async function check(title, archive, sources, password) {
  const readers = { own: () => ownHashes(archive, password), ...foreignReaders(archive, sources, password) };
  for (const [reader, hashes] of Object.entries(readers)) {
    const begunAt = performance.now();
    let verdict;
    try {
      const found = await hashes();
      const wrong = sources.filter(({ name, sha256 }) => found[name] !== sha256).map(({ name }) => name);
      verdict = wrong.length > 0 ? `DIFFERENT ${wrong.join(', ')}` : `${sources.length} contents as they went in`;
    } catch (error) {
      verdict = `FAILED ${error.message}`;
    }
    if (!verdict.endsWith('as they went in')) process.exitCode = 1;
    console.log(`${title}, ${reader}: ${verdict} (${((performance.now() - begunAt) / 1000).toFixed(0)} s)`);
  }
}

const folder = await mkdtemp(join(process.argv[2] ?? tmpdir(), 'zip-large-'));
const around = (suffix) => [
  small('first'),
  zeros(`below.${suffix}`, LIMIT - 1),
  zeros(`at.${suffix}`, LIMIT),
  zeros(`above.${suffix}`, LIMIT + 1),
  small('last'),
];
/** @type {[title: string, sources: ReturnType<typeof around>, options: { password?: string }][]} */
const archives = [
  ['stored', around('pdf'), {}],
  ['deflated', around('txt'), {}],
  ['AES-256', around('pdf'), { password: PASSWORD }],
  ['deflated, AES-256', around('txt'), { password: PASSWORD }],
];
try {
  for (const [title, sources, options] of archives) {
    const archive = join(folder, 'large.zip');
    console.log(`${title}: ${await writeSparse(archive, writeArchive(sources, options))} bytes`);
    await check(title, archive, sources, options.password);
    await rm(archive);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
