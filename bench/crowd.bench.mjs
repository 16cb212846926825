// What 500 downloads that hardly move and 2,000 event streams cost the gateway, and everybody else.
import { once } from 'node:events';
import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { option, residentMib } from './harness/building.mjs';
import { makeArchive } from './harness/large-archive.mjs';
import { spreadOf } from './harness/latency.mjs';
import { inSystem } from './harness/running-system.mjs';
import { atMost, conclude, load } from './harness/verdict.mjs';

const DOWNLOADS = option('DOWNLOADS', 500);
const STREAMS = option('STREAMS', 2_000);
const CALLS_A_SECOND = 200;
const SECONDS = option('SECONDS', 30);
const MIB = option('BENCH_MIB', 64);
/** Each download takes 64 kB a second. */
const SIP_BYTES = 16_384;
const SIP_MS = 250;
const AT_ONCE = 50;
const loadBefore = load();

const settings = {
  NO_DEMO: '1',
  SCAN_CRON: '0 0 29 2 *',
  EVENT_STREAMS_PER_PERSON: String(STREAMS),
  EVENT_STREAMS_PER_ACCOUNT: String(STREAMS),
  CALLS_AT_ONCE_PER_PERSON: String(DOWNLOADS + CALLS_A_SECOND),
  CALLS_AT_ONCE_PER_ACCOUNT: String(DOWNLOADS + CALLS_A_SECOND),
};

await inSystem(settings, async (system) => {
  const { person, backupId } = await makeArchive(system, MIB);
  const gateway = system.pidOf('gateway');
  const headers = { authorization: `Bearer ${person}` };
  await everybodyElse(system, headers);
  const alone = { ...(await everybodyElse(system, headers)), 'gateway, MiB': residentMib(gateway) };
  const leave = [
    ...(await each(DOWNLOADS, () => sip(system, person, backupId))),
    ...(await each(STREAMS, () => listen(system, headers))),
  ];
  await everybodyElse(system, headers);
  const beside = { ...(await everybodyElse(system, headers)), 'gateway, MiB': residentMib(gateway) };
  for (const end of leave) end();
  conclude({
    name: 'crowd',
    about: `${CALLS_A_SECOND} calls a second beside ${DOWNLOADS} slow downloads and ${STREAMS} event streams, milliseconds`,
    loadBefore,
    rows: { alone, beside },
    targets: [
      atMost('growth of the gateway, MiB', beside['gateway, MiB'] - alone['gateway, MiB'], 64),
      atMost('p99 beside, ms', beside.p99, 50),
    ],
  });
});

/** So many calls a second, whether or not the ones before were answered. */
async function everybodyElse(system, headers) {
  const calls = [];
  const begun = performance.now();
  for (let number = 0; number < SECONDS * CALLS_A_SECOND; number += 1) {
    const due = begun + (number * 1_000) / CALLS_A_SECOND;
    if (due > performance.now()) await sleep(due - performance.now());
    calls.push(timed(new URL('/api/v1/backups', system.gateway), headers));
  }
  return spreadOf(await Promise.all(calls));
}

async function timed(url, headers) {
  const begun = performance.now();
  const answer = await fetch(url, { headers });
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`${url.pathname}: ${answer.status}`);
  return performance.now() - begun;
}

/** Begins a download and takes a little of it at a time; gives what ends it. */
async function sip(system, person, backupId) {
  const { url } = await system.call(person, 'POST', `/api/v1/backups/${backupId}/downloads`);
  const answer = await opened(url, { authorization: `Bearer ${person}` });
  const timer = setInterval(() => answer.read(SIP_BYTES), SIP_MS);
  return () => {
    clearInterval(timer);
    answer.destroy();
  };
}

async function listen(system, headers) {
  const answer = await opened(new URL('/api/v1/events', system.gateway), headers);
  answer.resume();
  return () => answer.destroy();
}

async function opened(url, headers) {
  const [answer] = await once(get(url, { headers, agent: false }), 'response');
  if (answer.statusCode !== 200) throw new Error(`${url}: ${answer.statusCode}`);
  return answer.on('error', () => undefined);
}

/** Does something so many times, fifty at once. */
async function each(count, act) {
  const done = [];
  while (done.length < count) {
    const batch = Array.from({ length: Math.min(AT_ONCE, count - done.length) }, () => act());
    done.push(...(await Promise.all(batch)));
  }
  return done;
}
