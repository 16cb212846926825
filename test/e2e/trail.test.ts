// An account's day as an auditor reads it: each thing once, by whom, from where, in a chain that holds.
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackupView, TrailEntry } from '@account-backups/contracts';
import { CookieJar } from '../support/cookie-jar.js';
import { eventually } from '../support/eventually.js';
import { directory, files } from '../support/laboratory.js';
import { sharedLaboratory, type Laboratory } from '../support/provisioned-system.js';

let lab: Laboratory;

beforeAll(async () => {
  lab = await sharedLaboratory(files.slice(0, 4));
}, 400_000);

async function exported(...chain: readonly string[]): Promise<TrailEntry[]> {
  const lines = await lab.system.command('audit', 'export', ...chain);
  return lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as TrailEntry);
}

const ofAccount = () => exported('--account', lab.accountId);
const told = (entries: readonly TrailEntry[], action: string) => entries.filter((entry) => entry.action === action);

it('tells of provisioning and terms, with the program', async () => {
  const entries = await eventually(async () => {
    const found = await ofAccount();
    expect(told(found, 'subscription.changed')).toHaveLength(1);
    return found;
  });
  expect(told(entries, 'directory.changed')[0]).toMatchObject({
    actor: { kind: 'program' },
    subject: `account/${lab.accountId}`,
    ipAddress: '127.0.0.1',
    details: { orgUnits: directory.orgUnits.length, users: directory.users.length },
  });
  expect(told(entries, 'documents.changed').length).toBeGreaterThan(0);
});

it('tells of a request and its end once each, and of a download beside them', async () => {
  const max = await lab.person('max');
  const created = await max.post<BackupView>('/api/v1/backups', {}, { 'idempotency-key': randomUUID() });
  const { backupId } = created.body;
  await lab.system.scan();
  const done = async () =>
    expect((await max.get<BackupView>(`/api/v1/backups/${backupId}`)).body.status).toBe('completed');
  await eventually(done, { deadlineMs: 120_000 });
  expect((await max.post(`/api/v1/backups/${backupId}/downloads`)).status).toBe(201);
  await eventually(async () => {
    const entries = (await ofAccount()).filter(({ subject }) => subject === `backup/${backupId}`);
    expect(entries.map(({ action, actor }) => [action, actor.kind, actor.id])).toEqual([
      ['backup.requested', 'person', 'max'],
      ['backup.completed', 'system', null],
      ['download.begun', 'person', 'max'],
    ]);
  });
});

it('tells of what was refused, before its answer, and of many as one', async () => {
  const max = await lab.person('max');
  const asked = { orgUnitIds: ['bio'] };
  for (let left = 5; left > 0; left -= 1) expect((await max.post('/api/v1/backups', asked)).status).toBe(403);
  const refused = told(await ofAccount(), 'access.refused').filter(({ actor }) => actor.id === 'max');
  expect(refused).toMatchObject([
    { outcome: 'refused', ipAddress: '127.0.0.1', details: { route: 'POST /api/v1/backups' } },
  ]);
});

it('tells of a session that begins and ends', async () => {
  const secrets = JSON.parse(await readFile(join(lab.system.dataDir, 'secrets.json'), 'utf8')) as {
    readonly demoPassword: string;
  };
  const jar = new CookieJar();
  const form = await jar.follow(`${lab.system.gatewayUrl}/sign-in?returnTo=/api/v1/me`);
  const body = new URLSearchParams({ name: `ona@${lab.accountId}`, password: secrets.demoPassword });
  expect((await jar.follow(form.url, { method: 'POST', body })).status).toBe(200);
  const headers = { cookie: jar.header(), origin: lab.system.gatewayUrl };
  await fetch(`${lab.system.gatewayUrl}/sign-out`, { method: 'POST', headers, redirect: 'manual' });
  await eventually(async () => {
    const entries = (await ofAccount()).filter(({ actor }) => actor.id === 'ona');
    expect(entries.map(({ action }) => action)).toEqual(['session.begun', 'session.ended']);
    expect(new Set(entries.map(({ subject }) => subject)).size).toBe(1);
  });
});

it('tells the system of a token that nobody made, and of who exports', async () => {
  const headers = { authorization: 'Bearer x.y.z' };
  expect((await fetch(`${lab.system.gatewayUrl}/api/v1/me`, { headers })).status).toBe(401);
  const entries = await exported('--system');
  expect(told(entries, 'access.refused').map(({ actor }) => actor.kind)).toContain('nobody');
  expect(told(entries, 'command.run').at(-1)).toMatchObject({
    actor: { kind: 'operator' },
    subject: 'audit/~system',
    details: { command: 'audit export' },
  });
});

it('keeps chains that hold, with what they say in CSV, too', async () => {
  for (const chain of [['--account', lab.accountId], ['--system']]) {
    expect(await lab.system.command('audit', 'verify', ...chain)).toContain('unbroken');
    const csv = await lab.system.command('audit', 'export', ...chain, '--format', 'csv');
    expect(csv.split('\r\n')[0]).toMatch(/^sequence,at,actorKind,/);
  }
});
