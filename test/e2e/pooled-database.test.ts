// The whole system with a database behind a real PgBouncer, which lends a session out for one transaction, and one
// connection for each service.
import type { BackupView } from '@account-backups/contracts';
import { eventually } from '../support/eventually.js';
import { files } from '../support/laboratory.js';
import { startPgBouncer, type PgBouncer } from '../support/pgbouncer.js';
import { startProvisioned, type ProvisionedSystem } from '../support/provisioned-system.js';
import { testDatabase, type TestDatabase } from '../support/real-parts.js';

describe('a system behind PgBouncer, with pools of one', () => {
  let database: TestDatabase;
  let pooler: PgBouncer;
  let lab: ProvisionedSystem | undefined;

  beforeAll(async () => {
    database = await testDatabase();
    pooler = await startPgBouncer(database.url);
    const settings = { DATABASE_URL: pooler.url, DATABASE_POOL_SIZE: '1' };
    lab = await startProvisioned('filesystem', files.slice(0, 12), settings);
  }, 300_000);

  afterAll(async () => {
    await lab?.system.stop();
    await pooler?.stop();
    await database?.drop();
  }, 60_000);

  it('does the main job', async () => {
    if (!lab) throw new Error('the system did not start');
    const { admin, system } = lab;
    const { body: requested } = await admin.post<BackupView>('/api/v1/backups', { includeInactive: true });
    await system.scan();
    const path = `/api/v1/backups/${requested.backupId}`;
    const backup = await eventually(
      async () => {
        const { body } = await admin.get<BackupView>(path);
        expect(body.status).toBe('completed');
        return body;
      },
      { deadlineMs: 90_000, everyMs: 250 },
    );
    const { body: download } = await admin.post<{ url: string }>(`${path}/downloads`);
    const archive = await fetch(download.url, { headers: { authorization: `Bearer ${admin.token}` } });
    expect((await archive.arrayBuffer()).byteLength).toBe(backup.archive?.sizeBytes);
    await eventually(async () => {
      const { body } = await admin.get<{ items: object[] }>(`${path}/downloads`);
      expect(body.items).toMatchObject([{ outcome: 'complete' }]);
    });
  }, 180_000);
});
