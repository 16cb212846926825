// `kill -9` of builders at random while they make an archive: it is made once, of segments that are made once.
import { execFile } from 'node:child_process';
import { createHash, randomInt } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { BackupView } from '@account-backups/contracts';
import { openObjectStore } from '@account-backups/object-store';
import { Client } from 'pg';
import { eventually } from '../support/eventually.js';
import { files } from '../support/laboratory.js';
import { startProvisioned, type ProvisionedSystem } from '../support/provisioned-system.js';
import { startZipBuilders, type ZipBuilders } from '../support/zip-builders.js';

const run = promisify(execFile);
const BIG_BYTES = 8 * 1_048_576;
const BUILDERS = 3;
const KILLS = 12;

// Content that takes a while to deflate and comes to many segments.
const slow = files.map((file, number) => {
  if (number % 8 !== 2) return file;
  const seed = createHash('sha512').update(String(number)).digest('hex');
  return { ...file, fileName: 'readings.csv', content: Buffer.alloc(BIG_BYTES, `${number};12.5;${seed}\n`) };
});

let lab: ProvisionedSystem;
let builders: ZipBuilders;
let database: Client;

beforeAll(async () => {
  lab = await startProvisioned('s3', slow);
  builders = await startZipBuilders(lab.system.dataDir, BUILDERS - 1);
  database = new Client({ connectionString: lab.system.databaseUrl });
  await database.connect();
}, 300_000);
afterAll(async () => {
  builders?.stop();
  await database?.end();
  await lab?.system.stop();
});

async function look(backupId: string): Promise<BackupView> {
  return (await lab.admin.get<BackupView>(`/api/v1/backups/${backupId}`)).body;
}

/** Number of a finished segment → how often it was begun, and what it left. */
async function finishedSegments(): Promise<ReadonlyMap<number, string>> {
  const { rows } = await database.query<{ number: number; mark: string }>(
    `SELECT number, fence || ' ' || result::text AS mark FROM zip_builder.segments WHERE status = 'built'`,
  );
  return new Map(rows.map(({ number, mark }) => [number, mark]));
}

async function killUntilCompleted(backupId: string): Promise<ReadonlyMap<number, string>> {
  let finished: ReadonlyMap<number, string> = new Map();
  for (let kills = 0; kills < KILLS; kills += 1) {
    // Not a wait for something, but the moment at which the blow falls.
    await sleep(randomInt(100, 900));
    const now = await finishedSegments();
    // Once finished, for ever: nobody begins it again, and what it left stays.
    for (const [number, mark] of finished) if (now.size > 0) expect([number, now.get(number)]).toEqual([number, mark]);
    finished = now.size > 0 ? now : finished;
    if ((await look(backupId)).status === 'completed') break;
    await builders.killOne(randomInt(BUILDERS));
  }
  return finished;
}

it('makes an archive once while its builders are killed, and builds no finished segment again', async () => {
  const body = { includeInactive: true, password: 'Sechs Wörter im Dunkeln' };
  const { backupId } = (await lab.admin.post<BackupView>('/api/v1/backups', body)).body;
  await lab.system.command('scan');
  await eventually(async () => expect((await finishedSegments()).size).toBeGreaterThan(0), { everyMs: 20 });
  await killUntilCompleted(backupId);
  const completed = await eventually(
    async () => {
      const backup = await look(backupId);
      expect(backup.status).toBe('completed');
      return backup;
    },
    { deadlineMs: 240_000, everyMs: 500 },
  );
  expect(completed).toMatchObject({ documentCount: 120, exceptionCount: 1 });
  const store = openObjectStore(lab.system.objectStoreUrl);
  const [key, ...others] = await eventually(async () => {
    const keys: string[] = [];
    for await (const object of store.list('accounts/')) if (!object.key.includes('/files/')) keys.push(object.key);
    expect(keys).toHaveLength(1);
    return keys;
  });
  expect(others).toEqual([]);
  for await (const upload of store.listUploads(key ?? '')) throw new Error(`upload ${upload.uploadId} was left open`);
  const zip = join(lab.system.dataDir, 'killed.zip');
  await writeFile(zip, await store.get(key ?? ''));
  const hash = createHash('sha256');
  for await (const chunk of await store.get(key ?? '')) hash.update(chunk as Buffer);
  expect(hash.digest('hex')).toBe(completed.archive?.sha256);
  await run('7zz', ['t', `-p${body.password}`, zip]);
  await store.close();
}, 600_000);
