// `kill -9` of the one process of a service: how long until the first call that needs it succeeds again.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { argumentsOf, findByArgument } from '../tools/local-stack/dist/system/process-table.js';
import { until } from './harness/building.mjs';
import { rounded } from './harness/rounds.mjs';
import { atMost, conclude, load } from './harness/verdict.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const EVERY_MS = 25;
/** A process that dies within a minute is given a pause: a round over all services takes longer than that. */
const CALM_MS = 12_000;

const root = resolve(import.meta.dirname, '..');
const loadBefore = load();
const ports = { GATEWAY_PORT: '18480', SUBSCRIPTIONS_PORT: '18481', ISSUER_PORT: '18482' };
const api = `http://localhost:${ports.GATEWAY_PORT}/api/v1`;
const dataDir = mkdtempSync(join(tmpdir(), 'killed-bench-'));
const env = { ...process.env, ...ports, DATA_DIR: dataDir };
const system = spawn(process.execPath, [join(root, 'scripts/start.mjs')], {
  env,
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  for await (const line of createInterface({ input: system.stdout })) if (line.startsWith('ready ')) break;
  system.stdout.resume();
  const person = await token('--account', 'northfield', '--user', 'ada');
  const sales = await token('--service', 'sales', '--scope', 'subscriptions');
  const scope = { includeActive: true, includeInactive: false, excludeSuperseded: true };
  const { backupId } = await (await post(person, '/backups', scope)).json();
  const subscription = `http://localhost:${ports.SUBSCRIPTIONS_PORT}/v1/accounts/northfield/subscription`;
  const calls = {
    gateway: () => get(person, `${api}/me`),
    permissions: () => get(person, `${api}/me`),
    backups: () => get(person, `${api}/backups`),
    documents: () => post(person, '/backups/estimate', scope),
    'download-audit': () => get(person, `${api}/backups/${backupId}/downloads`),
    subscriptions: () => get(sales, subscription),
  };
  const rows = {};
  const seconds = Object.fromEntries(Object.keys(calls).map((service) => [service, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [service, call] of Object.entries(calls)) seconds[service].push(await killed(service, call));
  }
  for (const [service, taken] of Object.entries(seconds)) {
    const sorted = taken.toSorted((one, other) => one - other);
    rows[service] = { median: sorted[sorted.length >> 1], least: sorted[0], most: sorted.at(-1) };
  }
  const slowest = Math.max(...Object.values(rows).map(({ median }) => median));
  conclude({
    name: 'service-killed',
    about: `seconds from the kill of a service's one process to the next success, ${ROUNDS} times`,
    loadBefore,
    rows,
    targets: [atMost('slowest median, s', slowest, 3)],
  });
} finally {
  system.kill('SIGTERM');
  await once(system, 'exit');
  rmSync(dataDir, { recursive: true, force: true });
}

async function killed(service, call) {
  await sleep(CALM_MS);
  await until(() => succeeds(call), EVERY_MS);
  const main = `services/${service}/dist/main.js`;
  const pid = findByArgument('node', `--data-of=${dataDir}`).find((each) =>
    argumentsOf(each).some((word) => word.endsWith(main)),
  );
  process.kill(pid, 'SIGKILL');
  const begun = performance.now();
  await until(() => succeeds(call), EVERY_MS);
  return rounded((performance.now() - begun) / 1_000);
}

async function succeeds(call) {
  const answer = await call().catch(() => undefined);
  await answer?.arrayBuffer();
  return answer?.ok === true;
}

function get(bearer, url) {
  return fetch(url, { headers: { authorization: `Bearer ${bearer}` } });
}

function post(bearer, path, body) {
  const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' };
  return fetch(`${api}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
}

async function token(...args) {
  const bin = join(root, 'tools/account-backups/bin/account-backups.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, [bin, 'token', ...args], { env });
  return stdout.trim();
}
