// The object store goes away and comes back while an archive is made: nothing is lost, and no file counts as bad.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { MIB, type BackupView } from '@account-backups/contracts';
import { startMinio } from '@account-backups/local-stack/parts/minio.js';
import { openObjectStore } from '@account-backups/object-store';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/free-port.js';
import { files } from '../support/laboratory.js';
import { startProvisioned, type ProvisionedSystem } from '../support/provisioned-system.js';

const run = promisify(execFile);
const BIG_BYTES = 8 * MIB;
const RESTARTS = 3;
const AWAY_MS = 3_000;

const slow = files.map((file, number) => {
  if (number % 10 !== 2) return file;
  return { ...file, fileName: 'readings.csv', content: Buffer.alloc(BIG_BYTES, `${number};12.5;ok\n`) };
});

let folder: string;
let place: { dataDir: string; port: number; secret: string };
let minio: Awaited<ReturnType<typeof startMinio>>;
let lab: ProvisionedSystem;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'account-backups-minio-'));
  place = { dataDir: folder, port: await freePort(), secret: 'kept-over-restarts' };
  minio = await startMinio(place);
  lab = await startProvisioned(new URL(minio.url), slow);
}, 300_000);
afterAll(async () => {
  await lab?.system.stop();
  await minio?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function look(backupId: string): Promise<BackupView> {
  return (await lab.admin.get<BackupView>(`/api/v1/backups/${backupId}`)).body;
}

it('makes the archive over restarts of the store, without exceptions', async () => {
  const { backupId } = (await lab.admin.post<BackupView>('/api/v1/backups', { includeInactive: true })).body;
  await lab.system.command('scan');
  await eventually(async () => expect((await look(backupId)).status).toBe('in_progress'), { everyMs: 20 });
  for (let restarts = 0; restarts < RESTARTS; restarts += 1) {
    await minio.stop();
    if (restarts === 0) expect((await look(backupId)).status).toBe('in_progress');
    // The length of the outage; nothing to wait for.
    await sleep(AWAY_MS);
    minio = await startMinio(place);
    await sleep(AWAY_MS);
  }
  const completed = await eventually(
    async () => {
      const backup = await look(backupId);
      expect(backup.status).toBe('completed');
      return backup;
    },
    { deadlineMs: 240_000, everyMs: 500 },
  );
  // The one file that never came.
  expect(completed).toMatchObject({ documentCount: 120, exceptionCount: 1, failure: null });
  const store = openObjectStore(lab.system.objectStoreUrl);
  const [key] = await eventually(async () => {
    const keys: string[] = [];
    for await (const each of store.list('accounts/')) if (!each.includes('/files/')) keys.push(each);
    expect(keys).toHaveLength(1);
    return keys;
  });
  const zip = join(lab.system.dataDir, 'restarted.zip');
  await writeFile(zip, await store.get(key ?? ''));
  await run('7zz', ['t', zip]);
  await store.close();
}, 600_000);
