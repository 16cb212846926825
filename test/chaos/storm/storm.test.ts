// Real processes, several of each service, on real parts of their own, under faults drawn from a seed while clients
// work: afterwards nothing is lost, doubled, wrong, stuck or left behind. `npm run chaos` makes it last longer.
import { randomInt } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import '../../support/quiet.js';
import { numbersOf } from '../../support/seeded.js';
import { makeFaults, type FaultPeriod } from './faults.js';
import { startFleet, type Fleet } from './fleet.js';
import { prepare } from './load.js';
import { MemoryWatch } from './memory-watch.js';
import { POISON } from './message-faults.js';
import { startParts, type StormParts, type StormStore } from './parts.js';

const MINUTES = Number(process.env['CHAOS_MINUTES'] ?? 0.4);
const SEED = Number(process.env['CHAOS_SEED'] ?? randomInt(1, 0x7fffffff));
const ALL: readonly StormStore[] = ['filesystem', 's3'];
/** `npm run chaos` goes over both unless one is named; a usual run over the one that its seed draws. */
const STORES = ALL.filter((store, number) => {
  const asked = process.env['CHAOS_STORE'];
  if (asked !== undefined) return store === asked;
  return process.env['CHAOS_MINUTES'] !== undefined || SEED % ALL.length === number;
});

const LEASE_SECONDS = 3;
const SETTLED_MS = 60_000;
/** What is under way for longer is stuck. What is merely late is still looked at. */
const STUCK_MS = 300_000;
/** How long what was killed may take until it is back. */
const BACK_MS = 10_000;
const FAULTS_AT_ONCE = 2;
const IS_LONG = MINUTES >= 2;
const ACCOUNTS = 6;
/** A long storm is to end two backups a fault. */
const PAUSE_MS = IS_LONG ? 6_000 : 1_500;
/** A cluster takes as long to start as a usual run lasts. */
const BROKER_NODES = IS_LONG ? 3 : 1;
const settings = {
  LEASE_SECONDS: String(LEASE_SECONDS),
  SWEEP_SECONDS: '1',
  SCAN_CRON: '*/3 * * * * *',
  SEGMENT_MIB: '8',
  CONTENT_GRACE_SECONDS: '45',
  LOG_LEVEL: 'info',
};

let parts: StormParts | undefined;
let fleet: Fleet | undefined;

afterEach(async () => {
  await fleet?.stop();
  await parts?.stop();
  fleet = parts = undefined;
}, 60_000);

/** Whether a gateway may not have been able to say how far it got: what it needs for that failed, or it did. */
function mutes({ resources, fromMs, toMs }: FaultPeriod, from: number, to: number): boolean {
  const isConcerned = resources.some((name) => /^(gateway|download-audit|broker|database)/.test(name));
  return isConcerned && fromMs <= to && toMs + BACK_MS >= from;
}

it.each(STORES)(
  `a storm on the store %s of seed ${SEED} loses, doubles and leaves nothing`,
  async (store) => {
    parts = await startParts(store, BROKER_NODES);
    fleet = await startFleet({ parts, replicas: 2, builders: 3, settings });
    const { gatewayUrl, subscriptionsUrl, token, scan } = fleet;
    let periods: readonly FaultPeriod[] = [];
    const target = {
      gateways: [gatewayUrl],
      subscriptions: [subscriptionsUrl],
      databaseUrl: parts.postgres.url,
      objectStoreUrl: parts.objectStoreUrl,
      brokerUrl: parts.broker.url,
      token,
      scan,
      isOurPoison: (body: Buffer) => body.toString().includes(POISON),
      gatewayFailed: (fromMs: number, toMs: number) => periods.some((period) => mutes(period, fromMs, toMs)),
    };
    const storm = await prepare(target, { seed: SEED, accounts: ACCOUNTS });
    const memory = new MemoryWatch(fleet.replicas);
    const calm = new AbortController();
    const working = storm.run(calm.signal);
    const protocol = process.env['CHAOS_LOG'];
    const made = await makeFaults(
      {
        targets: { fleet, parts, leaseMs: LEASE_SECONDS * 1_000 },
        randoms: Array.from({ length: FAULTS_AT_ONCE }, (_, row) => numbersOf(SEED + row)),
        pauseMs: PAUSE_MS,
        note: (line) => protocol && appendFileSync(protocol, `${new Date().toISOString()} ${line}\n`),
      },
      AbortSignal.timeout(MINUTES * 60_000),
    );
    periods = made.periods;
    calm.abort();
    await working;
    const settledMs = await storm.settled(STUCK_MS);
    const findings = [...made.findings, ...(await storm.check())];
    const faults = [...made.counts.values()].reduce((sum, count) => sum + count, 0);
    const report = { seed: SEED, store, minutes: MINUTES, faults, settledMs, memory: memory.end(), ...storm.tally() };
    console.log(JSON.stringify({ ...report, made: Object.fromEntries(made.counts), findings }, null, 2));
    expect(findings).toEqual([]);
    expect(settledMs).toBeLessThanOrEqual(SETTLED_MS);
  },
  MINUTES * 60_000 + 900_000,
);
