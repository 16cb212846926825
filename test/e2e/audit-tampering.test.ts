// What `audit verify` says in a whole system after its database was edited by somebody who may do everything in it.
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Bus } from '@account-backups/messaging';
import { Client } from 'pg';
import { eventually } from '../support/eventually.js';
import { ownAccountId } from '../support/provisioned-system.js';
import type { TestSystem } from '../support/running-system.js';
import { sharedSystem } from '../support/shared-system.js';

interface Verified {
  readonly links: number;
  readonly head: { readonly sequence: number; readonly hash: string };
  readonly fault: { readonly sequence: number; readonly message: string } | null;
}

let system: TestSystem;
let bus: Bus;
let database: Client;

beforeAll(async () => {
  system = await sharedSystem();
  bus = new Bus({ url: system.brokerUrl, name: 'audit-tampering' });
  database = new Client({ connectionString: system.databaseUrl });
  await database.connect();
}, 240_000);

afterAll(async () => {
  await database.end();
  await bus.close();
});

async function recorded(count: number): Promise<string> {
  const accountId = ownAccountId('audited');
  await record(accountId, count);
  return accountId;
}

async function record(accountId: string, count: number): Promise<void> {
  const origin = { ipAddress: '203.0.113.7', userAgent: 'curl/8' };
  const user = { userId: 'ada', name: 'Ada' };
  const download = { ...origin, user, ofBytes: 100, expiresAt: '2099-01-01T00:00:00.000Z' };
  for (let nth = 0; nth < count; nth += 1) {
    await bus.request('downloads.start', { accountId, backupId: randomUUID(), ...download });
  }
}

async function tamper(accountId: string, ...statements: readonly string[]): Promise<void> {
  await database.query(`SET session_replication_role = 'replica'`);
  for (const statement of statements) await database.query(statement.replaceAll('$account', `'${accountId}'`));
}

async function verify(accountId: string, ...more: readonly string[]): Promise<Verified> {
  const args = ['audit', 'verify', '--account', accountId, '--json', ...more];
  const failed = (error: unknown) => (error as { readonly stdout: string }).stdout;
  return JSON.parse(await system.command(...args).catch(failed)) as Verified;
}

it.each([
  [
    4,
    'moved by 400 microseconds',
    [
      `UPDATE download_audit.links SET at = at + interval '400 microseconds'
    WHERE account_id = $account AND sequence = 4`,
    ],
  ],
  [2, 'removed', ['DELETE FROM download_audit.links WHERE account_id = $account AND sequence = 2']],
  [
    4,
    'cut off, with the head set back',
    [
      'DELETE FROM download_audit.links WHERE account_id = $account AND sequence > 3',
      `UPDATE download_audit.chains SET sequence = 3, hash =
      (SELECT hash FROM download_audit.links WHERE account_id = $account AND sequence = 3) WHERE account_id = $account`,
    ],
  ],
  [
    1,
    'all gone',
    [
      'DELETE FROM download_audit.links WHERE account_id = $account',
      'DELETE FROM download_audit.chains WHERE account_id = $account',
    ],
  ],
] as const)(
  'names record %i where it was %s',
  async (sequence, _what, statements) => {
    const accountId = await recorded(5);
    await system.command('audit', 'checkpoint', '--account', accountId);
    await expect(verify(accountId)).resolves.toMatchObject({ links: 5, fault: null });
    await tamper(accountId, ...statements);
    await expect(verify(accountId)).resolves.toMatchObject({ fault: { sequence } });
  },
  60_000,
);

it('makes checkpoints by itself, and compares with one that was kept elsewhere', async () => {
  const accountId = await recorded(2);
  const file = join(system.dataDir, `${accountId}.checkpoint`);
  await writeFile(file, await system.command('audit', 'checkpoint', '--account', accountId));
  await record(accountId, 2);
  const isDue = `SELECT FROM download_audit.chains WHERE account_id = $1 AND checkpoint_sequence < sequence`;
  await eventually(async () => expect((await database.query(isDue, [accountId])).rowCount).toBe(0));
  await expect(verify(accountId, '--checkpoint', file)).resolves.toMatchObject({ links: 4, fault: null });
  await tamper(
    accountId,
    'DELETE FROM download_audit.links WHERE account_id = $account',
    'DELETE FROM download_audit.chains WHERE account_id = $account',
  );
  await expect(verify(accountId)).resolves.toMatchObject({ links: 0, fault: { sequence: 1 } });
  await expect(verify(accountId, '--checkpoint', file)).resolves.toMatchObject({ links: 0, fault: { sequence: 1 } });
}, 60_000);
