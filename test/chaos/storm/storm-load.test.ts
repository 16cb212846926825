// The load of a storm on a system without faults: the checker finds nothing then, and finds whatever is broken on
// purpose afterwards.
import { startSystem, type RunningSystem, type StoreKind } from '../../support/running-system.js';
import { hasChainsToBreak } from './damages/audit.damages.js';
import { damages } from './damages/damages.js';
import { backupRows } from './evidence.js';
import type { Finding } from './finding.js';
import { prepare, type Storm } from './load.js';
import { openPlainStore } from './plain-store.js';

const SEED = Number(process.env['CHAOS_SEED'] ?? 20_261_128);
/** The checker is the same on both; the storm itself goes over each. */
const STORES: readonly StoreKind[] = process.env['CHAOS_STORE'] === 's3' ? ['s3'] : ['filesystem'];
/** A busy machine needs more rounds until there is enough to break. */
const ROUND_MS = 10_000;
const MAX_ROUNDS = 18;
const BACKUPS = 21;
const SETTLED_MS = 60_000;
const PREPARED_MS = 480_000;
const ORPHAN_DEADLINE_MS = 20_000;
const settings = { CONTENT_GRACE_SECONDS: '5', SCAN_CRON: '*/3 * * * * *' };

function targetOf(system: RunningSystem) {
  const { gatewayUrl, subscriptionsUrl, databaseUrl, objectStoreUrl, brokerUrl } = system;
  return {
    gateways: [gatewayUrl],
    subscriptions: [subscriptionsUrl],
    databaseUrl,
    objectStoreUrl,
    brokerUrl,
    token: system.token,
    scan: system.scan,
  };
}

const completedIn = async ({ databaseUrl }: Pick<RunningSystem, 'databaseUrl'>) =>
  (await backupRows(databaseUrl)).filter(({ status }) => status === 'completed');

async function isEnoughToBreak({ databaseUrl }: RunningSystem): Promise<boolean> {
  return (await completedIn({ databaseUrl })).length >= BACKUPS && (await hasChainsToBreak(databaseUrl));
}

/** Does every damage, each to another backup; gives where each is. */
async function breakAll({ databaseUrl, objectStoreUrl, brokerUrl }: RunningSystem, storm: Storm) {
  // A cancel that came too late may have been delivered twice: the checker then believes the backup cancelled.
  const tried = new Set(storm.journal.cancels.map(({ backupId }) => backupId));
  const completed = (await completedIn({ databaseUrl })).filter(({ backupId }) => !tried.has(backupId));
  const next = () => {
    const row = completed.pop();
    if (!row) throw new Error('there are too few completed backups to break');
    return row;
  };
  const victim = { databaseUrl, brokerUrl, store: openPlainStore(objectStoreUrl), journal: storm.journal, next };
  const places = new Map<string, string>();
  for (const [kind, harm] of Object.entries(damages)) places.set(kind, await harm(victim));
  return places;
}

describe.each(STORES)('the load on the store %s', (kind) => {
  let system: RunningSystem;
  let storm: Storm;

  beforeAll(async () => {
    system = await startSystem(kind, settings);
    storm = await prepare(targetOf(system), { seed: SEED, accounts: 4, orphanDeadlineMs: ORPHAN_DEADLINE_MS });
    for (let round = 1; round <= MAX_ROUNDS && !(await isEnoughToBreak(system)); round += 1) {
      await storm.run(AbortSignal.timeout(ROUND_MS));
    }
    await storm.settled(SETTLED_MS);
  }, PREPARED_MS);
  afterAll(() => system?.stop());

  it('leaves nothing that the checker finds', async () => {
    const findings = await storm.check();
    console.log(JSON.stringify({ seed: SEED, ...storm.tally() }, null, 2));
    expect(findings).toEqual([]);
  }, 300_000);

  describe('broken on purpose', () => {
    let findings: readonly Finding[];
    let places: ReadonlyMap<string, string>;

    beforeAll(async () => {
      places = await breakAll(system, storm);
      findings = await storm.check();
    }, 300_000);

    it.each(Object.keys(damages))('is found out: %s', (damage) => {
      const where = expect.stringContaining(places.get(damage) ?? 'nowhere') as string;
      expect(findings).toContainEqual(expect.objectContaining({ kind: damage, where }));
    });

    it('is nowhere but where it was broken', () => {
      const known = new Set([...Object.keys(damages), ...CONSEQUENCES]);
      expect(findings.filter((finding) => !known.has(finding.kind))).toEqual([]);
    });
  });
});

/** What damages bring about besides: of a row that is gone the build is left, for example. */
const CONSEQUENCES = [
  'build-orphaned',
  'build-differs',
  'went-back',
  'archive-replaced',
  'history-differs',
  'link-orphaned',
  'range-open',
  'range-unmade',
];
