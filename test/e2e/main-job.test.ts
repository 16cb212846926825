// The whole way over HTTP, once on files and once on S3: provision, subscribe, request, build, download, open.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { BackupView } from '@account-backups/contracts';
import { openObjectStore } from '@account-backups/object-store';
import type { ApiClient } from '../support/api-client.js';
import { eventually } from '../support/eventually.js';
import { files } from '../support/laboratory.js';
import {
  sharedLaboratory,
  startProvisioned,
  type Laboratory,
  type ProvisionedSystem,
} from '../support/provisioned-system.js';
import type { TestSystem } from '../support/running-system.js';

const run = promisify(execFile);
const PASSWORD = 'correct horse, Überraschung 🔑';

interface Download {
  readonly downloadId: string;
  readonly url: string;
}
interface History {
  readonly items: readonly { user: { userId: string }; bytesSent: number; ofBytes: number; outcome: string }[];
}

describe('the main job on files', () => {
  doesTheMainJob(() => sharedLaboratory());
});

describe('the main job on S3', () => {
  let own: ProvisionedSystem | undefined;

  afterAll(() => own?.system.stop());

  doesTheMainJob(async () => {
    own = await startProvisioned('s3');
    return own;
  });
});

function doesTheMainJob(open: () => Promise<Laboratory>): void {
  let system: TestSystem;
  let accountId: string;
  let admin: ApiClient;
  let completed: BackupView;

  beforeAll(async () => {
    ({ system, accountId, admin } = await open());
  }, 300_000);

  async function built(body: object): Promise<BackupView> {
    const requested = await admin.post<BackupView>('/api/v1/backups', body);
    expect(requested.status).toBe(201);
    await system.command('scan');
    return eventually(
      async () => {
        const { body: backup } = await admin.get<BackupView>(`/api/v1/backups/${requested.body.backupId}`);
        expect(backup.status).toBe('completed');
        return backup;
      },
      { deadlineMs: 90_000, everyMs: 250 },
    );
  }

  async function downloaded(backup: BackupView): Promise<string> {
    const { body } = await admin.post<Download>(`/api/v1/backups/${backup.backupId}/downloads`);
    const response = await fetch(body.url, { headers: { authorization: `Bearer ${admin.token}` } });
    expect(response.headers.get('content-length')).toBe(String(backup.archive?.sizeBytes));
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(backup.archive?.sha256);
    const path = join(system.dataDir, `${backup.backupId}.zip`);
    await writeFile(path, bytes);
    return path;
  }

  async function unpacked(zip: string, password: string): Promise<string> {
    const folder = `${zip}.d`;
    await mkdir(folder);
    await run('7zz', ['x', `-p${password}`, `-o${folder}`, '-y', zip]);
    const [bag] = await readdir(folder);
    return join(folder, bag ?? '');
  }

  it('makes an archive without password that 7-Zip and Info-ZIP find sound', async () => {
    completed = await built({ includeInactive: true });
    const zip = await downloaded(completed);
    await run('7zz', ['t', zip]);
    await run('unzip', ['-tq', zip]);
    expect(completed).toMatchObject({ allOrgUnits: true, documentCount: 120, exceptionCount: 1 });
  });

  it('keeps every file as it was, and a manifest that sha256sum confirms', async () => {
    const bag = await unpacked(join(system.dataDir, `${completed.backupId}.zip`), '');
    await run('sha256sum', ['-c', '--quiet', 'manifest-sha256.txt'], { cwd: bag });
    await run('sha256sum', ['-c', '--quiet', 'tagmanifest-sha256.txt'], { cwd: bag });
    expect(await hashesBelow(join(bag, 'data/documents'))).toEqual(expectedHashes());
  });

  it('encrypts with the password that was asked for, and with no other', async () => {
    const backup = await built({ includeInactive: true, password: PASSWORD });
    const zip = await downloaded(backup);
    await expect(run('7zz', ['t', '-pwrong', zip])).rejects.toThrow();
    const bag = await unpacked(zip, PASSWORD);
    await run('sha256sum', ['-c', '--quiet', 'manifest-sha256.txt'], { cwd: bag });
    expect(await hashesBelow(join(bag, 'data/documents'))).toEqual(expectedHashes());
  });

  it('shows the download in the history', async () => {
    const history = await admin.get<History>(`/api/v1/backups/${completed.backupId}/downloads`);
    const ofBytes = completed.archive?.sizeBytes;
    expect(history.body.items).toMatchObject([
      { user: { userId: 'sia' }, ofBytes, bytesSent: ofBytes, outcome: 'complete' },
    ]);
  });

  it('leaves nothing but documents and archives in the store', async () => {
    const objects = openObjectStore(system.objectStoreUrl);
    await eventually(async () => {
      const others: string[] = [];
      for await (const key of objects.list(`accounts/${accountId}/`)) if (!key.includes('/files/')) others.push(key);
      expect(others.map((key) => key.slice(key.lastIndexOf('/')))).toEqual(['/archive.zip', '/archive.zip']);
    });
    await objects.close();
  });
}

async function hashesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return (await Promise.all(paths.map(async (path) => sha256(await readFile(path))))).toSorted();
}

function expectedHashes(): string[] {
  const never = 'file-239';
  return files
    .filter(({ fileId }) => fileId !== never)
    .map(({ content }) => sha256(content))
    .toSorted();
}

function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
