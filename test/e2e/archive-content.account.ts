// The hostile account, and archives of it unpacked on disk.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { BackupView } from '@account-backups/contracts';
import { ApiClient } from '../support/api-client.js';
import { eventually } from '../support/eventually.js';
import { ownAccountId, sharedLaboratory } from '../support/provisioned-system.js';
import type { TestSystem } from '../support/running-system.js';
import { contents, directory, documents } from './archive-content.hostile.js';

const run = promisify(execFile);

export interface BuiltArchive {
  readonly backup: BackupView;
  readonly zip: string;
  /** The bag's top folder, unpacked. */
  readonly bag: string;
}

export interface HostileAccount {
  readonly system: TestSystem;
  readonly accountId: string;
  /** Where the account is provisioned. */
  readonly path: string;
  readonly host: ApiClient;
  readonly admin: ApiClient;
  /** Requests, builds, downloads and unpacks. */
  archive(body: object, password?: string): Promise<BuiltArchive>;
}

export async function startHostile(): Promise<HostileAccount> {
  const { system, host, sales } = await sharedLaboratory([]);
  const accountId = ownAccountId('hostile');
  const path = `/api/v1/provisioning/accounts/${accountId}`;
  expect((await host.put(`${path}/directory`, directory)).status).toBe(200);
  const lines = documents.map((document) => JSON.stringify(document)).join('\n');
  const intake = await host.raw<object>('POST', `${path}/documents`, lines, 'application/x-ndjson');
  expect(intake.body).toMatchObject({ accepted: documents.length, rejected: [], warnings: [] });
  for (const [fileId, content] of contents) {
    const put = await host.raw<{ sizeBytes: number }>('PUT', `${path}/files/${fileId}`, new Uint8Array(content));
    expect(put.body.sizeBytes).toBe(content.length);
  }
  const term = { startsOn: '2020-01-01', endsOn: '2099-12-31', reference: 'E2E', note: 'for the test' };
  expect((await sales.put(`/v1/accounts/${accountId}/subscription`, term)).status).toBe(200);
  const admin = new ApiClient(system.gatewayUrl, await system.token({ accountId, userId: 'sia' }));
  return {
    system,
    accountId,
    path,
    host,
    admin,
    archive: async (body, password) => {
      const backup = await completed(system, admin, { ...body, ...(password !== undefined && { password }) });
      const zip = await downloaded(system, admin, backup);
      return { backup, zip, bag: await unpacked(zip, password) };
    },
  };
}

async function completed(system: TestSystem, admin: ApiClient, body: object): Promise<BackupView> {
  const requested = await admin.post<BackupView>('/api/v1/backups', body);
  expect(requested.status).toBe(201);
  await system.scan();
  return eventually(
    async () => {
      const { body: backup } = await admin.get<BackupView>(`/api/v1/backups/${requested.body.backupId}`);
      expect(backup.status).toBe('completed');
      return backup;
    },
    { deadlineMs: 90_000, everyMs: 250 },
  );
}

async function downloaded({ dataDir }: TestSystem, admin: ApiClient, backup: BackupView): Promise<string> {
  const { body } = await admin.post<{ url: string }>(`/api/v1/backups/${backup.backupId}/downloads`);
  const response = await fetch(body.url, { headers: { authorization: `Bearer ${admin.token}` } });
  const zip = join(dataDir, `${backup.backupId}.zip`);
  await writeFile(zip, Buffer.from(await response.arrayBuffer()));
  return zip;
}

async function unpacked(zip: string, password = ''): Promise<string> {
  const folder = `${zip}.d`;
  await mkdir(folder);
  await run('7zz', ['x', `-p${password}`, `-o${folder}`, '-y', zip]);
  const [bag, ...others] = await readdir(folder);
  expect(others).toEqual([]);
  return join(folder, bag ?? '');
}

/** SHA-256 of every file below the folder, sorted. */
export async function hashesBelow(folder: string): Promise<readonly string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = found.filter((each) => each.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const hashes = files.map(async (file) =>
    createHash('sha256')
      .update(await readFile(file))
      .digest('hex'),
  );
  return (await Promise.all(hashes)).toSorted();
}

const READ_CSV =
  'import csv,json,sys;print(json.dumps(list(csv.DictReader(open(sys.argv[1],encoding="utf-8-sig",newline="")))))';

/** A CSV as Python reads it. */
export async function rowsOf(file: string): Promise<readonly Readonly<Record<string, string>>[]> {
  const { stdout } = await run('python3', ['-c', READ_CSV, file], { maxBuffer: 2 ** 26 });
  return JSON.parse(stdout) as Record<string, string>[];
}
