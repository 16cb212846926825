// What a scan and a sweep cost beside BACKUPS (10,000,000) backups that are over: the moves of one tick.
import { database as definition } from '../services/backups/dist/database.js';
import { LifecycleRepository } from '../services/backups/dist/lifecycle/lifecycle.repository.js';
import { latencyOf, spreadOf } from './harness/latency.mjs';
import { inDatabase } from './harness/own-database.mjs';
import { atMost, conclude, load } from './harness/verdict.mjs';

const backups = Number(process.env.BACKUPS ?? 10_000_000);
const ACCOUNTS = 10_000;
const PENDING = 100;
const loadBefore = load();

await inDatabase(definition, async (database, write) => {
  await fill(write);
  const lifecycle = new LifecycleRepository(database);
  const before = new Date(Date.now() - 30_000);
  const tick = async () => {
    const now = new Date();
    const claimed = await lifecycle.claimPending(now, 200);
    await lifecycle.expireDue(now, 200);
    await lifecycle.claimUndriven(now, before, 200);
    await lifecycle.claimUndeleted(now, before, 200);
    return claimed;
  };
  const again = () =>
    database.query(
      `UPDATE backups.backups SET status = 'pending' WHERE status = 'in_progress' AND account_id LIKE 'pending-%'`,
    );
  const rows = { 'nothing due': await latencyOf(100, tick) };
  const busy = [];
  for (let round = 0; round < 20; round += 1) {
    await again();
    const begun = performance.now();
    const claimed = await tick();
    busy.push(performance.now() - begun);
    if (claimed.length !== PENDING) throw new Error(`${claimed.length} backups were claimed, expected ${PENDING}`);
  }
  rows[`${PENDING} pending`] = spreadOf(busy);
  conclude({
    name: 'scan',
    about: `the database's part of a tick beside ${backups} backups, milliseconds`,
    loadBefore,
    rows,
    targets: [
      atMost('nothing due, p99, ms', rows['nothing due'].p99, 50),
      atMost(`${PENDING} pending, median, ms`, rows[`${PENDING} pending`].median, 50),
    ],
  });
});

async function fill(write) {
  const columns = `backup_id, account_id, status, created_at, requested_by_id, requested_by_name, all_org_units,
    org_unit_ids, scope_key, scope, include_active, include_inactive, exclude_superseded, password_protected`;
  const rest = `'ada', 'Ada', true, '{a}', 'key', '{}', true, false, false, false`;
  const batch = 1_000_000;
  for (let from = 0; from < backups; from += batch) {
    await write(
      `INSERT INTO backups.backups (${columns}, archive_deleted_at)
       SELECT gen_random_uuid(), 'account-' || n % $3::int, CASE n % 3 WHEN 0 THEN 'cancelled' ELSE 'expired' END,
         now() - n * interval '1 second', ${rest}, now()
       FROM generate_series($1::int + 1, $2::int) AS n`,
      [from, Math.min(backups, from + batch), ACCOUNTS],
    );
    console.log(`${Math.min(backups, from + batch)} rows`);
  }
  await write(
    `INSERT INTO backups.backups (${columns})
     SELECT gen_random_uuid(), 'pending-' || n, 'pending', now(), ${rest} FROM generate_series(1, $1::int) AS n`,
    [PENDING],
  );
  await write('ANALYZE');
}
