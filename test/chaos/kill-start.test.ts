// `kill -9` of `npm start` in the middle of a build; started again, the backup completes, once.
import { createHash } from 'node:crypto';
import { MIB, type BackupView, type DownloadView } from '@account-backups/contracts';
import { openObjectStore } from '@account-backups/object-store';
import { eventually } from '../support/eventually.js';
import { files } from '../support/laboratory.js';
import { processesOf } from '../support/processes.js';
import { startProvisioned, type ProvisionedSystem } from '../support/provisioned-system.js';

const BIG_BYTES = 24 * MIB;

// Takes a while to deflate, so that the kill comes in the middle.
const slow = files.map((file, number) => {
  if (number % 40 !== 1) return file;
  return { ...file, fileName: 'readings.csv', content: Buffer.alloc(BIG_BYTES, `${number};12.5;ok\n`) };
});

let lab: ProvisionedSystem;

beforeAll(async () => {
  lab = await startProvisioned('filesystem', slow);
}, 240_000);
afterAll(() => lab?.system.stop());

it('completes a backup, once, after npm start was killed in the middle of its build', async () => {
  const { system, admin } = lab;
  const requested = await admin.post<BackupView>('/api/v1/backups', { includeInactive: true });
  const look = async () => (await admin.get<BackupView>(`/api/v1/backups/${requested.body.backupId}`)).body;
  await system.command('scan');
  await eventually(async () => expect((await look()).status).toBe('in_progress'), { deadlineMs: 30_000, everyMs: 20 });
  await system.kill();
  await system.restart();
  expect((await look()).status).not.toBe('failed');
  const completed = await eventually(
    async () => {
      const backup = await look();
      expect(backup.status).toBe('completed');
      return backup;
    },
    { deadlineMs: 120_000, everyMs: 250 },
  );
  const store = openObjectStore(system.objectStoreUrl);
  const archives = await eventually(async () => {
    const keys: string[] = [];
    for await (const key of store.list('accounts/')) if (!key.includes('/files/')) keys.push(key);
    expect(keys).toHaveLength(1);
    return keys;
  });
  const hash = createHash('sha256');
  for await (const chunk of await store.get(archives[0] ?? '')) hash.update(chunk as Buffer);
  expect(hash.digest('hex')).toBe(completed.archive?.sha256);
  for await (const upload of store.listUploads('')) throw new Error(`upload ${upload.uploadId} was left open`);
}, 300_000);

it('keeps what a download had got when its gateway is killed, and closes it within a minute', async () => {
  const { system, admin } = lab;
  const { body } = await admin.get<{ items: readonly BackupView[] }>('/api/v1/backups?limit=1');
  const backupId = body.items[0]?.backupId ?? '';
  const path = `/api/v1/backups/${backupId}/downloads`;
  const { url } = (await admin.post<{ url: string }>(path)).body;
  const response = await fetch(url, { headers: { authorization: `Bearer ${admin.token}` } });
  const reader = response.body?.getReader();
  await reader?.read();
  const look = async () => (await admin.get<{ items: readonly DownloadView[] }>(path)).body.items[0];
  await eventually(async () => expect((await look())?.bytesSent).toBeGreaterThan(0));
  expect((await look())?.outcome).toBe('in_progress');
  const [gateway] = processesOf('services/gateway/dist/main.js', system.dataDir);
  process.kill(gateway ?? 0, 'SIGKILL');
  const killedAt = performance.now();
  await reader?.cancel().catch(() => undefined);
  await eventually(async () => expect(await look()).toMatchObject({ outcome: 'interrupted' }), { deadlineMs: 60_000 });
  expect((await look())?.bytesSent).toBeGreaterThan(0);
  expect(performance.now() - killedAt).toBeLessThan(60_000);
}, 120_000);
