import { database as definition } from '@account-backups/subscriptions/database.js';
import { migratedDatabase, type MigratedDatabase } from '../../support/migrated-database.js';

let database: MigratedDatabase;

beforeAll(async () => {
  database = await migratedDatabase(definition);
  await insert('lab', '2026-03-01', '2026-05-31');
});

afterAll(() => database.close());

const insert = (accountId: string, startsOn: string, endsOn: string) =>
  database.pool.query('INSERT INTO subscriptions.terms (account_id, starts_on, ends_on) VALUES ($1, $2, $3)', [
    accountId,
    startsOn,
    endsOn,
  ]);

// The rules refuse these first; the schema holds even against a hand at the database.
it('has no two terms of an account that share a day', async () => {
  await expect(insert('lab', '2026-05-31', '2026-06-30')).rejects.toThrow('terms_apart');
});

it('has no term that ends before it starts', async () => {
  await expect(insert('lab', '2027-02-01', '2027-01-31')).rejects.toThrow(/terms_forwards|range lower bound/);
});

it('lets terms touch, and other accounts have their own', async () => {
  await insert('lab', '2026-06-01', '2026-06-30');
  await insert('LAB', '2026-03-01', '2026-05-31');
  await insert('lab2', '2026-03-01', '2026-05-31');
  const rows: unknown[] = await database.pool.query('SELECT FROM subscriptions.terms');
  expect(rows).toHaveLength(4);
});
