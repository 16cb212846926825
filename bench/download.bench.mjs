// An archive of BENCH_MIB through the gateway, beside the same object straight from where it lies: from the S3 server,
// or from a server of a few lines that sends the file by a stream of Node.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import { openObjectStore } from '@account-backups/object-store';
import pg from 'pg';
import { option, processorSeconds } from './harness/building.mjs';
import { makeArchive } from './harness/large-archive.mjs';
import { inTurn, rounded, spread } from './harness/rounds.mjs';
import { inSystem } from './harness/running-system.mjs';
import { atLeast, conclude, load } from './harness/verdict.mjs';

const MIB = option('BENCH_MIB', 1_024);
const ROUNDS = option('BENCH_ROUNDS', 5);
const loadBefore = load();
const bucket = Object.assign(new URL(process.env.TEST_OBJECT_STORE_URL), { pathname: `/bench-${process.pid}` }).href;

/** The fewest lines that send a file. */
const PLAIN_SERVER = `
  const file = process.argv[1];
  const server = require('node:http').createServer((request, response) => {
    response.writeHead(200, { 'content-length': require('node:fs').statSync(file).size });
    require('node:fs').createReadStream(file).pipe(response);
  });
  server.listen(0, 'localhost', () => console.log(server.address().port));`;

const rows = {};
const ratios = { files: await measure('files', {}), S3: await measure('S3', { OBJECT_STORE_URL: bucket }) };
conclude({
  name: 'download',
  about: `an archive of ${MIB} MiB through the gateway and straight from where it lies, MB a second`,
  loadBefore,
  rows,
  targets: Object.entries(ratios).map(([store, ratio]) => atLeast(`${store}: gateway / straight`, ratio, 0.8)),
});

/** Puts a store's figures into `rows`; gives the gateway's speed as a part of the straight one's. */
function measure(name, settings) {
  return inSystem({ NO_DEMO: '1', SCAN_CRON: '0 0 29 2 *', ...settings }, async (system) => {
    const { person, backupId } = await makeArchive(system, MIB);
    const { databaseUrl, objectStoreUrl } = system.parts();
    const key = await keyOf(databaseUrl, backupId);
    const straight = await openStraight(objectStoreUrl, key);
    const gateway = { pid: system.pidOf('gateway'), take: () => throughGateway(system, person, backupId) };
    const records = await inTurn(
      Object.entries({ gateway, straight }).map(([candidate, way]) => ({ name: candidate, run: () => timed(way) })),
      ROUNDS,
    );
    await straight.close();
    for (const [candidate, measured] of records) {
      const { median: processor } = spread(measured, 'processorSecondsAGb');
      const isOther = Number.isNaN(processor);
      rows[`${name}, ${candidate}`] = {
        ...spread(measured, 'mbASecond'),
        'processor, s a GB': isOther ? 'not ours' : processor,
      };
    }
    const median = (candidate) => rows[`${name}, ${candidate}`].median;
    return rounded(median('gateway') / median('straight'));
  });
}

async function timed({ pid, take }) {
  const before = pid ? processorSeconds(pid) : Number.NaN;
  const begun = performance.now();
  const bytes = await take();
  const seconds = (performance.now() - begun) / 1_000;
  const processor = pid ? processorSeconds(pid) - before : Number.NaN;
  return { mbASecond: bytes / 1e6 / seconds, processorSecondsAGb: processor / (bytes / 1e9) };
}

async function throughGateway(system, person, backupId) {
  const { url } = await system.call(person, 'POST', `/api/v1/backups/${backupId}/downloads`);
  return bytesOf(url, { authorization: `Bearer ${person}` });
}

async function bytesOf(url, headers = {}) {
  const [answer] = await once(get(url, { headers, agent: false }), 'response');
  if (answer.statusCode !== 200) throw new Error(`${url}: ${answer.statusCode}`);
  return counted(answer);
}

async function counted(stream) {
  let bytes = 0;
  stream.on('data', (chunk) => (bytes += chunk.length));
  await once(stream, 'end');
  return bytes;
}

async function keyOf(connectionString, backupId) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  const { rows: found } = await client.query('SELECT object_key FROM backups.backups WHERE backup_id = $1', [backupId]);
  await client.end();
  return found[0].object_key;
}

async function openStraight(storeUrl, key) {
  if (new URL(storeUrl).protocol !== 'file:') {
    const store = openObjectStore(storeUrl);
    return { take: async () => counted(await store.get(key)), close: async () => {} };
  }
  // How the store spells names on a disk is its own business.
  const file = readdirSync(fileURLToPath(storeUrl), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .reduce((one, other) => (statSync(one).size > statSync(other).size ? one : other));
  const server = spawn(process.execPath, ['-e', PLAIN_SERVER, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = await once(createInterface({ input: server.stdout }), 'line');
  return {
    pid: server.pid,
    take: () => bytesOf(`http://localhost:${port}/`),
    close: async () => server.kill() && (await once(server, 'exit')),
  };
}
