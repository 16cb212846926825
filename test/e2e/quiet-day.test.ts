// A busy day without a fault leaves no warning in any log: what stands there is for somebody to look at.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackupView } from '@account-backups/contracts';
import { eventually } from '../support/eventually.js';
import { files } from '../support/laboratory.js';
import { startProvisioned, type ProvisionedSystem } from '../support/provisioned-system.js';

const MANY = 12;
/** What one person may have. */
const STREAMS = 10;

interface Line {
  readonly level?: string;
  readonly service?: string;
  readonly event?: string;
}

describe('a busy day without a fault', () => {
  let lab: ProvisionedSystem;
  let backup: BackupView;

  beforeAll(async () => {
    lab = await startProvisioned('filesystem', files.slice(0, 120));
  }, 300_000);

  afterAll(() => lab?.system.stop(), 60_000);

  const atOnce = <T>(act: (nth: number) => Promise<T>, many = MANY) =>
    Promise.all(Array.from({ length: many }, (_, nth) => act(nth)));

  const headers = () => ({ authorization: `Bearer ${lab.admin.token}` });

  async function completed(body: object): Promise<BackupView> {
    const requested = await lab.admin.post<BackupView>('/api/v1/backups', body);
    expect(requested.status).toBe(201);
    await lab.system.scan();
    return eventually(
      async () => {
        const { body: shown } = await lab.admin.get<BackupView>(`/api/v1/backups/${requested.body.backupId}`);
        expect(shown.status).toBe('completed');
        return shown;
      },
      { deadlineMs: 90_000, everyMs: 250 },
    );
  }

  async function begun(): Promise<string> {
    const path = `/api/v1/backups/${backup.backupId}/downloads`;
    return (await lab.admin.post<{ url: string }>(path)).body.url;
  }

  it('sees files come again and again', async () => {
    for (const { fileId, content } of files.slice(0, 4)) {
      const put = () => lab.host.raw('PUT', `${lab.path}/files/${fileId}`, new Uint8Array(content));
      const answers = await atOnce(put);
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    }
  });

  it('sees many people watch while backups are made', async () => {
    const leave = new AbortController();
    const watch = () => fetch(`${lab.system.gatewayUrl}/api/v1/events`, { headers: headers(), signal: leave.signal });
    const watching = await atOnce(watch, STREAMS);
    expect(new Set(watching.map(({ status }) => status))).toEqual(new Set([200]));
    await completed({ includeInactive: true, password: 'correct horse battery' });
    backup = await completed({ includeInactive: true });
    await atOnce(() => lab.admin.get('/api/v1/backups'));
    leave.abort();
  }, 240_000);

  it('sees many people take archives, of whom some leave', async () => {
    const sizes = await atOnce(async () => {
      const answer = await fetch(await begun(), { headers: headers() });
      return (await answer.arrayBuffer()).byteLength;
    });
    expect(new Set(sizes)).toEqual(new Set([backup.archive?.sizeBytes]));
    await atOnce(async () => {
      const answer = await fetch(await begun(), { headers: headers() });
      await answer.body?.cancel();
    });
  }, 120_000);

  it('leaves no warning', async () => {
    const logs = join(lab.system.dataDir, 'logs');
    const names = (await readdir(logs)).filter((name) => name.endsWith('.log'));
    const texts = await Promise.all(names.map((name) => readFile(join(logs, name), 'utf8')));
    const lines = texts.flatMap((text) => text.split('\n').filter(Boolean)).map((line) => JSON.parse(line) as Line);
    expect(new Set(lines.map(({ service }) => service)).size).toBeGreaterThan(8);
    expect(lines.filter(({ level }) => level !== 'info' && level !== 'debug')).toEqual([]);
  });
});
