// `kill -9` of the one process of a service: how long until the first call that needs it succeeds again.
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from './harness/building.mjs';
import { rounded } from './harness/rounds.mjs';
import { inSystem } from './harness/running-system.mjs';
import { atMost, conclude, load } from './harness/verdict.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const EVERY_MS = 25;
/** A process that dies within a minute is given a pause: a round over all services takes longer than that. */
const CALM_MS = 12_000;

const loadBefore = load();
await inSystem({}, async (system) => {
  const person = await system.token('--account', 'northfield', '--user', 'ada');
  const sales = await system.token('--service', 'sales', '--scope', 'subscriptions');
  const scope = { includeActive: true, includeInactive: false, excludeSuperseded: true };
  const api = `${system.gateway}/api/v1`;
  const { backupId } = await system.call(person, 'POST', '/api/v1/backups', scope);
  const subscription = `${system.subscriptions}/v1/accounts/northfield/subscription`;
  const calls = {
    gateway: () => get(person, `${api}/me`),
    permissions: () => get(person, `${api}/me`),
    backups: () => get(person, `${api}/backups`),
    documents: () => post(person, `${api}/backups/estimate`, scope),
    'download-audit': () => get(person, `${api}/backups/${backupId}/downloads`),
    subscriptions: () => get(sales, subscription),
  };
  const rows = {};
  const seconds = Object.fromEntries(Object.keys(calls).map((service) => [service, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [service, call] of Object.entries(calls))
      seconds[service].push(await killed(() => system.pidOf(service), call));
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
});

async function killed(pidOf, call) {
  await sleep(CALM_MS);
  await until(() => succeeds(call), EVERY_MS);
  process.kill(pidOf(), 'SIGKILL');
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

function post(bearer, url, body) {
  const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' };
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
}
