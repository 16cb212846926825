// The store's volume is not mounted when the system starts, or goes while it runs: nothing is made in the empty folder,
// nothing counts as lost, and all goes on once it is back.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { MIB, type BackupView } from '@account-backups/contracts';
import { Client } from 'pg';
import { eventually } from '../support/eventually.js';
import { processesOf } from '../support/processes.js';
import { files, type LaboratoryFile } from '../support/laboratory.js';
import { startProvisioned, type ProvisionedSystem } from '../support/provisioned-system.js';

const run = promisify(execFile);
const LARGE_BYTES = 8 * MIB;

let lab: ProvisionedSystem;
let mountPoint: string;

beforeAll(async () => {
  lab = await startProvisioned('filesystem');
  mountPoint = join(lab.system.dataDir, 'objects');
}, 240_000);
afterAll(() => lab?.system.stop());

async function unmount(): Promise<void> {
  await rename(mountPoint, `${mountPoint}-of-the-volume`);
  await mkdir(mountPoint);
}

async function mount(): Promise<void> {
  expect(await readdir(mountPoint)).toEqual([]);
  await rmdir(mountPoint);
  await rename(`${mountPoint}-of-the-volume`, mountPoint);
}

async function request(): Promise<string> {
  const asked = await lab.admin.post<BackupView>('/api/v1/backups', { includeInactive: true });
  expect(asked.status).toBe(201);
  await lab.system.command('scan');
  return asked.body.backupId;
}

const completed = (backupId: string) =>
  eventually(
    async () => {
      const { body } = await lab.admin.get<BackupView>(`/api/v1/backups/${backupId}`);
      expect(body.status).toBe('completed');
      return body;
    },
    { deadlineMs: 60_000 },
  );

const put = (fileId: string) =>
  lab.host.raw<{ code?: string }>(
    'PUT',
    `${lab.path}/files/${fileId}`,
    new TextEncoder().encode(`content of ${fileId}`),
  );

async function download(backupId: string): Promise<{ status: number; sha256: string }> {
  const { body } = await lab.admin.post<{ url: string }>(`/api/v1/backups/${backupId}/downloads`);
  const response = await fetch(body.url, { headers: { authorization: `Bearer ${lab.admin.token}` } });
  const hash = createHash('sha256').update(new Uint8Array(await response.arrayBuffer()));
  return { status: response.status, sha256: hash.digest('hex') };
}

async function builderWaits(from: number): Promise<number> {
  const log = await readFile(join(lab.system.dataDir, 'logs/zip-builder.log'), 'utf8');
  const waits = log.split('\n').filter((line) => line.includes('"outcome":"wait"')).length;
  expect(waits).toBeGreaterThan(from);
  return waits;
}

async function saysWhyItWaits(backupId: string): Promise<void> {
  const { body } = await lab.admin.get<BackupView>(`/api/v1/backups/${backupId}`);
  expect(body).toMatchObject({ status: 'in_progress', waitingFor: 'store' });
}

/** What the gateway's readiness says of the store. */
async function readiness(): Promise<{ status: number; store: string | undefined }> {
  const [gateway = 0] = processesOf('services/gateway/dist/main.js', lab.system.dataDir);
  const environment = await readFile(`/proc/${gateway}/environ`, 'latin1');
  const [, port = ''] = /(?:^|\0)HEALTH_PORT=(\d+)/.exec(environment) ?? [];
  const response = await fetch(`http://127.0.0.1:${port}/health/ready`);
  const { parts } = (await response.json()) as { readonly parts: Readonly<Record<string, string>> };
  return { status: response.status, store: parts['object-store'] };
}

async function refusesWhileAway(earlier: string): Promise<void> {
  expect(await readiness()).toEqual({ status: 503, store: expect.stringContaining('it is not mounted') });
  expect(await put('new-file')).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } });
  expect((await download(earlier)).status).toBe(503);
}

it('neither loses nor makes anything while its volume is not mounted', async () => {
  const earlier = await completed(await request());

  await unmount();
  await refusesWhileAway(earlier.backupId);
  const underWay = await request();
  await eventually(() => builderWaits(0));
  await eventually(() => saysWhyItWaits(underWay));
  await mount();
  expect(await completed(underWay)).toMatchObject({ exceptionCount: earlier.exceptionCount, waitingFor: null });

  await lab.system.kill();
  await unmount();
  const restarted = lab.system.restart();
  await eventually(async () => expect((await put('new-file')).status).toBe(503), { deadlineMs: 60_000 });
  await refusesWhileAway(earlier.backupId);
  const afterStart = await request();
  await eventually(() => builderWaits(0));
  await mount();
  await restarted;
  expect((await completed(afterStart)).exceptionCount).toBe(earlier.exceptionCount);
  expect(await download(earlier.backupId)).toEqual({ status: 200, sha256: earlier.archive?.sha256 });
  expect((await put('new-file')).status).toBe(200);
  expect(await readiness()).toEqual({ status: 200, store: 'ok' });
}, 300_000);

it('takes a content that was lost from its host again, and only that content', async () => {
  const { fileId, content } = files[3] as LaboratoryFile;
  const database = new Client({ connectionString: lab.system.databaseUrl });
  await database.connect();
  const find = 'SELECT object_key AS key FROM documents.files WHERE file_id = $1';
  const [lost] = (await database.query<{ key: string }>(find, [fileId])).rows;
  await rm(join(mountPoint, 'objects', lost?.key ?? ''));
  const before = await completed(await request());

  const other = await lab.host.raw('PUT', `${lab.path}/files/${fileId}`, new TextEncoder().encode('another content'));
  const again = await lab.host.raw('PUT', `${lab.path}/files/${fileId}`, new Uint8Array(content));

  expect([other.status, again.status]).toEqual([409, 200]);
  expect((await completed(await request())).exceptionCount).toBe((before.exceptionCount ?? 0) - 1);
  await database.end();
}, 120_000);

it('answers 503 to an upload for which there is no room, and takes it once there is', async () => {
  const [gateway = 0] = processesOf('services/gateway/dist/main.js', lab.system.dataDir);
  const limit = (bytes: string) => run('prlimit', ['--pid', String(gateway), `--fsize=${bytes}`]);
  const upload = () =>
    lab.host.raw<{ code?: string }>('PUT', `${lab.path}/files/large-file`, new Uint8Array(LARGE_BYTES));
  const kept = () => readdir(mountPoint, { recursive: true });
  const before = await kept();
  await limit(`${MIB}:${MIB * 1_000}`);
  expect(await upload()).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } });
  // What earlier builds left may go meanwhile.
  expect((await kept()).filter((name) => !before.includes(name))).toEqual([]);
  await limit(`${MIB * 1_000}:${MIB * 1_000}`);
  expect((await upload()).status).toBe(200);
}, 60_000);
