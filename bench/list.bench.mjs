// A page of the list for people who see much, little and nothing of BACKUPS (1,000,000) backups of one account.
import { BackupsRepository } from '../services/backups/dist/rows/backups.repository.js';
import { database as definition } from '../services/backups/dist/database.js';
import { newestOfVisibleScopes, visibleAmongNewest } from '../services/backups/dist/rows/visible-page.js';
import { latencyOf } from './harness/latency.mjs';
import { inDatabase } from './harness/own-database.mjs';
import { atMost, conclude, load } from './harness/verdict.mjs';

const backups = Number(process.env.BACKUPS ?? 1_000_000);
const calls = Number(process.env.CALLS ?? 300);
const SCOPES = 2_000;
const loadBefore = load();
const ids = (count, from = 0) => Array.from({ length: count }, (_, number) => `ou-${from + number}`);
const people = {
  'half of 10,000 OUs': ids(5_000),
  'one scope in 2,000': [...ids(5_000, 20_000), 'ou-7', 'ou-8'],
  'no scope': ids(5_000, 20_000),
};

await inDatabase(definition, async (database, write) => {
  await fill(write);
  const repository = new BackupsRepository(database);
  const rows = {};
  for (const [person, orgUnitIds] of Object.entries(people)) {
    for (const status of [null, 'failed']) {
      const page = (number) => repository.pageOfVisible(question(orgUnitIds, status, number));
      const { length } = await page(1);
      rows[`${person}, ${status ?? 'every status'}`] = { rows: length, ...(await latencyOf(calls, page)) };
    }
  }
  const everything = { sight: { accountId: 'big', everything: true, orgUnitIds: [] } };
  const admin = (number) => repository.pageOfVisible({ ...question([], null, number), ...everything });
  rows['Site Admin'] = { rows: (await admin(1)).length, ...(await latencyOf(calls, admin)) };
  const scans = await sequentialScans(database);
  const slowest = Math.max(...Object.values(rows).map(({ p99 }) => p99));
  conclude({
    name: 'list',
    about: `a page of 25 among ${backups} backups in ${SCOPES} scopes, milliseconds in the service`,
    loadBefore,
    rows,
    targets: [atMost('slowest p99, ms', slowest, 25), atMost('sequential scans of backups', scans, 0)],
  });
});

// Every second call goes on after a cursor somewhere in the list.
function question(orgUnitIds, status, number) {
  const createdAt = new Date(Date.UTC(2026, 0, 1) - ((number * 7_919) % backups) * 60_000);
  const after = number % 2 === 0 ? null : { createdAt, backupId: 'ffffffff-ffff-4fff-bfff-ffffffffffff' };
  return { sight: { accountId: 'big', everything: false, orgUnitIds }, status, now: new Date(), after, limit: 25 };
}

// Scope n is ou-(n mod 10,000) and the next; one backup in 997 failed.
async function fill(write) {
  await write(
    `INSERT INTO backups.scopes SELECT 'big', 'key-' || n, ARRAY['ou-' || n * 5 % 10000 + 2, 'ou-' || n * 5 % 10000 + 3]
     FROM generate_series(1, $1::int) AS n`,
    [SCOPES],
  );
  await write(
    `INSERT INTO backups.backups
       (backup_id, account_id, status, created_at, requested_by_id, requested_by_name, all_org_units, org_unit_ids,
       scope_key, scope, include_active, include_inactive, exclude_superseded, password_protected)
     SELECT gen_random_uuid(), 'big', CASE WHEN n % 997 = 0 THEN 'failed' ELSE 'cancelled' END,
       timestamptz '2026-01-01Z' - n * interval '1 minute', 'ada', 'Ada', false, org_unit_ids, scope_key,
       '{"orgUnits": [], "facilities": []}', true, false, false, false
     FROM generate_series(1, $1::int) AS n JOIN backups.scopes ON scope_key = 'key-' || 1 + n * 31 % $2::int`,
    [backups, SCOPES],
  );
  await write('ANALYZE');
}

async function sequentialScans(database) {
  let scans = 0;
  for (const orgUnitIds of Object.values(people)) {
    for (const plan of [visibleAmongNewest, newestOfVisibleScopes]) {
      const { sql, values } = plan(question(orgUnitIds, null, 1));
      const lines = (await database.query(`EXPLAIN (ANALYZE, BUFFERS) ${sql}`, values)).map((row) => row['QUERY PLAN']);
      console.log(`\n${plan.name}\n${lines.map((line) => line.slice(0, 150)).join('\n')}`);
      scans += lines.filter((line) => /Seq Scan on backups/.test(line)).length;
    }
  }
  return scans;
}
