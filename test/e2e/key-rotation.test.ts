// Keys of the whole system rotate while it works: a password waits, an archive runs out, an old receipt is checked.
import { createPublicKey, randomBytes, randomUUID, verify } from 'node:crypto';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { BackupView, SignedReceipt } from '@account-backups/contracts';
import { CookieJar } from '../support/cookie-jar.js';
import { eventually } from '../support/eventually.js';
import { files } from '../support/laboratory.js';
import { startProvisioned, type ProvisionedSystem } from '../support/provisioned-system.js';

const LARGE = 48 * 1024 * 1024;
const PASSWORD = 'thrice grey umbrella 71';

interface Key {
  readonly ring: string;
  readonly keyId: string;
  readonly status: 'active' | 'accepted' | 'retired';
  readonly createdAt: string | null;
}

let lab: ProvisionedSystem;

beforeAll(async () => {
  const [file] = files.slice(1, 2);
  if (!file) throw new Error('the laboratory has no file');
  lab = await startProvisioned('filesystem', [{ ...file, content: randomBytes(LARGE) }]);
}, 400_000);

afterAll(() => lab?.system.stop(), 60_000);

async function keysOf(ring: string): Promise<readonly Key[]> {
  return (JSON.parse(await lab.system.command('keys', 'list', '--json')) as Key[]).filter((key) => key.ring === ring);
}

async function activeOf(ring: string): Promise<string> {
  return (await keysOf(ring)).find(({ status }) => status === 'active')?.keyId ?? 'none';
}

async function add(ring: string): Promise<string> {
  return (JSON.parse(await lab.system.command('keys', 'add', ring, '--json')) as Key).keyId;
}

async function requested(password?: string): Promise<string> {
  const body = password === undefined ? {} : { password };
  const answer = await lab.admin.post<BackupView>('/api/v1/backups', body, { 'idempotency-key': randomUUID() });
  expect(answer.status).toBe(201);
  return answer.body.backupId;
}

function completed(backupId: string): Promise<BackupView> {
  return eventually(
    async () => {
      const { body } = await lab.admin.get<BackupView>(`/api/v1/backups/${backupId}`);
      expect(body.status).toBe('completed');
      return body;
    },
    { deadlineMs: 120_000 },
  );
}

async function built(password?: string): Promise<BackupView> {
  const backupId = await requested(password);
  await lab.system.scan();
  return completed(backupId);
}

async function begunDownload(backupId: string, cookie: string): Promise<IncomingMessage> {
  const path = `/api/v1/backups/${backupId}/downloads`;
  const headers = { cookie, origin: lab.system.gatewayUrl };
  const begun = await fetch(`${lab.system.gatewayUrl}${path}`, { method: 'POST', headers });
  const { downloadId } = (await begun.json()) as { downloadId: string };
  const call = httpRequest(`${lab.system.gatewayUrl}${path}/${downloadId}/archive`, { headers: { cookie } }).end();
  const [answer] = (await once(call, 'response')) as [IncomingMessage];
  expect(answer.statusCode).toBe(200);
  return answer;
}

it('a password that was sealed under an older key opens, and its key stays until then', async () => {
  const former = await activeOf('seal');
  const backupId = await requested(PASSWORD);
  const keyId = await add('seal');
  expect(await activeOf('seal')).toBe(keyId);
  await expect(lab.system.command('keys', 'retire', 'seal', former)).rejects.toMatchObject({
    stderr: expect.stringMatching(/^KEY_IN_USE: 1 backups wait/),
  });
  await lab.system.scan();
  const { archive, passwordProtected } = await completed(backupId);
  expect(passwordProtected).toBe(true);
  const saved = join(lab.system.dataDir, 'archive.zip');
  const { body } = await lab.admin.post<{ url: string }>(`/api/v1/backups/${backupId}/downloads`, {});
  const token = await lab.system.token({ accountId: lab.accountId, userId: 'sia' });
  const answer = await fetch(body.url, { headers: { authorization: `Bearer ${token}` } });
  await writeFile(saved, Buffer.from(await answer.arrayBuffer()));
  expect(archive?.sizeBytes).toBe((await readFile(saved)).length);
  await lab.system.command('verify', saved, '--password', PASSWORD).catch((error: { code: number; stderr: string }) => {
    // Sound, and nobody vouches for the key of a receipt, which was not given.
    expect([error.code, error.stderr]).toEqual([3, expect.any(String)]);
  });
  await lab.system.command('keys', 'retire', 'seal', former);
  expect((await keysOf('seal')).map((key) => [key.keyId, key.status])).toEqual([
    [keyId, 'active'],
    [former, 'retired'],
  ]);
  expect((await built(PASSWORD)).passwordProtected).toBe(true);
});

it('a running session and a running download go on through a rotation, and requests do not fail', async () => {
  const { backupId, archive } = await built();
  const secrets = await readFile(join(lab.system.dataDir, 'secrets.json'), 'utf8');
  const { demoPassword } = JSON.parse(secrets) as { demoPassword: string };
  const jar = new CookieJar();
  const form = await jar.follow(`${lab.system.gatewayUrl}/sign-in?returnTo=/api/v1/me`);
  const body = new URLSearchParams({ name: `sia@${lab.accountId}`, password: demoPassword });
  expect((await jar.follow(form.url, { method: 'POST', body })).status).toBe(200);
  const cookie = jar.header();
  const running = await begunDownload(backupId, cookie);
  const former = await activeOf('session');

  let isOver = false;
  const statuses = new Set<number>();
  const calling = (async () => {
    while (!isOver) statuses.add((await jar.follow(`${lab.system.gatewayUrl}/api/v1/me`)).status);
  })();
  for (const ring of ['session', 'receipt', 'seal']) await add(ring);
  await jar.follow(`${lab.system.gatewayUrl}/api/v1/me`);
  await lab.system.command('keys', 'retire', 'session', former);
  isOver = true;
  await calling;
  expect(statuses).toEqual(new Set([200]));

  expect((await fetch(`${lab.system.gatewayUrl}/api/v1/me`, { headers: { cookie } })).status).toBe(401);
  let sizeBytes = 0;
  for await (const chunk of running) sizeBytes += (chunk as Buffer).length;
  expect(sizeBytes).toBe(archive?.sizeBytes);
});

it('a receipt of a retired key can still be checked with what is published', async () => {
  const { backupId } = await built();
  const { body: receipt } = await lab.admin.get<SignedReceipt>(`/api/v1/backups/${backupId}/receipt`);
  expect(receipt.keyId).toBe(await activeOf('receipt'));
  const newer = await add('receipt');
  await lab.system.command('keys', 'retire', 'receipt', receipt.keyId);
  const { body: again } = await lab.admin.get<SignedReceipt>(`/api/v1/backups/${backupId}/receipt`);
  expect(again.keyId).toBe(newer);
  const published = await fetch(`${lab.system.gatewayUrl}/api/v1/receipt-keys`);
  const { items } = (await published.json()) as { items: readonly (Key & { publicKey: string })[] };
  const key = items.find(({ keyId }) => keyId === receipt.keyId);
  expect(key?.status).toBe('retired');
  const signature = Buffer.from(receipt.signature, 'base64');
  expect(verify(null, Buffer.from(receipt.receipt), createPublicKey(key?.publicKey ?? ''), signature)).toBe(true);
});

it('records before and after a new key of the audit make one chain that verifies, and no key of it is retired', async () => {
  const verified = async () =>
    JSON.parse(await lab.system.command('audit', 'verify', '--account', lab.accountId, '--json')) as {
      links: number;
      fault: unknown;
    };
  const { backupId } = await built();
  const taken = () => lab.admin.post<object>(`/api/v1/backups/${backupId}/downloads`, {});
  expect((await taken()).status).toBe(201);
  const before = await verified();
  const former = await activeOf('audit');
  await add('audit');
  expect((await taken()).status).toBe(201);
  const after = await verified();
  expect([before.fault, after.fault, after.links > before.links]).toEqual([null, null, true]);
  await expect(lab.system.command('keys', 'retire', 'audit', former)).rejects.toMatchObject({
    stderr: expect.stringMatching(/^KEY_IN_USE/),
  });
});
