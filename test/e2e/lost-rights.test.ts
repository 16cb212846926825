// What a person with few rights learns about anything outside them, and what remains once a right is lost.
import { randomUUID } from 'node:crypto';
import type { BackupView } from '@account-backups/contracts';
import { ApiClient, type Answer } from '../support/api-client.js';
import { eventually } from '../support/eventually.js';
import { directory, files } from '../support/laboratory.js';
import { sharedLaboratory, type Laboratory } from '../support/provisioned-system.js';

interface Page {
  readonly items: readonly BackupView[];
  readonly nextCursor: string | null;
}

const INVISIBLE = /Biology|NUL|Süd \/ West|"bio"|"nul"/;

let lab: Laboratory;
let max: ApiClient;
let events: EventLog;
let biology: BackupView;
let chemistry: BackupView;

beforeAll(async () => {
  lab = await sharedLaboratory(files.slice(0, 40));
  max = await lab.person('max');
  events = await EventLog.open(max);
  biology = await completed({ orgUnitIds: ['bio'] });
  chemistry = await completed({ orgUnitIds: ['chem', 'chem-water'] });
}, 400_000);

afterAll(() => events?.close());

describe('of a backup outside of their OUs', () => {
  it('nobody is told more than of one that never was', async () => {
    for (const [method, rest] of [
      ['GET', ''],
      ['POST', '/cancel'],
      ['POST', '/downloads'],
      ['GET', '/downloads'],
      ['GET', '/receipt'],
      ['GET', `/downloads/${randomUUID()}/archive`],
    ] as const) {
      const real = await max.send(method, `/api/v1/backups/${biology.backupId}${rest}`);
      const invented = await max.send(method, `/api/v1/backups/${randomUUID()}${rest}`);
      expect([method, rest, real.status, codeOf(real)]).toEqual([method, rest, 404, 'NOT_FOUND']);
      expect(withoutIds(real)).toEqual(withoutIds(invented));
    }
  });

  it('no list, estimate, refusal or event says a word', async () => {
    const told = [
      await max.get('/api/v1/me'),
      await max.get('/api/v1/org-units'),
      await max.get('/api/v1/backups'),
      await max.get('/api/v1/backups?status=completed'),
      await max.post('/api/v1/backups/estimate', {}),
      await max.post('/api/v1/backups', { orgUnitIds: ['chem', 'bio'] }, { 'idempotency-key': randomUUID() }),
      await max.post('/api/v1/backups', { facilityIds: ['south'] }),
      await max.get('/api/v1/backups?cursor=' + (await secondCursor())),
    ].map(({ body }) => JSON.stringify(body));
    await eventually(() => expect(events.text).toContain(chemistry.backupId));

    for (const text of [...told, events.text]) {
      // What the caller sent may be echoed to them.
      expect(text.replace(/"detail":"[^"]*"/, '')).not.toMatch(INVISIBLE);
      expect(text).not.toContain(biology.backupId);
    }
  });
});

describe('a hundred requests at once', () => {
  it('make one backup', async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, () => max.post('/api/v1/backups', {})));

    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    // Of one person no more than fifty calls are taken at a time.
    const refused = ['BACKUP_ALREADY_PENDING', 'TOO_MANY_REQUESTS'] as unknown[];
    expect(answers.filter((answer) => refused.includes(codeOf(answer)))).toHaveLength(99);
    const { body } = await lab.admin.get<Page>('/api/v1/backups?status=pending');
    expect(body.items).toHaveLength(1);
  });
});

describe('a right that is lost', () => {
  it('ends a download that had begun, whole, in ranges and its description', async () => {
    const begun = await max.post<{ url: string }>(`/api/v1/backups/${chemistry.backupId}/downloads`);
    expect(begun.status).toBe(201);
    const ask = (method: string, headers: Record<string, string> = {}) =>
      fetch(begun.body.url, { method, headers: { authorization: `Bearer ${max.token}`, ...headers } });
    const statuses = async () => {
      const answers = [await ask('GET'), await ask('GET', { range: 'bytes=0-9' }), await ask('HEAD')];
      await Promise.all(answers.map((answer) => answer.arrayBuffer()));
      return answers.map(({ status }) => status);
    };
    expect(await statuses()).toEqual([200, 206, 200]);

    const listed = await max.get<Page>('/api/v1/backups');
    expect(listed.body.items.map(({ backupId }) => backupId)).toContain(chemistry.backupId);
    expect((await lab.host.put(`${lab.path}/directory`, { ...directory, userGroups: [] })).status).toBe(200);

    expect(await statuses()).toEqual([404, 404, 404]);
    const left = [
      await max.get('/api/v1/me'),
      await max.get('/api/v1/org-units'),
      await max.get('/api/v1/backups'),
      await max.get(`/api/v1/backups?cursor=${await secondCursor()}`),
      await max.get(`/api/v1/backups/${chemistry.backupId}`),
      await max.get(`/api/v1/backups/${chemistry.backupId}/downloads`),
      await max.get(`/api/v1/backups/${chemistry.backupId}/receipt`),
      await max.post(`/api/v1/backups/${chemistry.backupId}/downloads`),
    ];
    for (const { body } of left) expect(JSON.stringify(body)).not.toMatch(/Chemistry|Water|North|"items":\[\{/);
  });
});

/** A cursor of the Site Admin's own list, which leads past the newest backup. */
async function secondCursor(): Promise<string> {
  const { body } = await lab.admin.get<Page>('/api/v1/backups?limit=1');
  if (body.nextCursor === null) throw new Error('the list has one page only');
  return body.nextCursor;
}

async function completed(request: object): Promise<BackupView> {
  const { status, body } = await lab.admin.post<BackupView>('/api/v1/backups', request);
  expect(status).toBe(201);
  await lab.system.scan();
  return eventually(
    async () => {
      const now = await lab.admin.get<BackupView>(`/api/v1/backups/${body.backupId}`);
      expect(now.body.status).toBe('completed');
      return now.body;
    },
    { deadlineMs: 120_000 },
  );
}

const codeOf = ({ body }: Answer<unknown>): unknown => (body as { code?: unknown }).code;

function withoutIds({ status, body }: Answer<unknown>): unknown {
  return { status, text: JSON.stringify(body).replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id') };
}

/** Everything that a person's event stream said. */
class EventLog {
  text = '';

  private constructor(private readonly stop: AbortController) {}

  static async open({ baseUrl, token }: ApiClient): Promise<EventLog> {
    const log = new EventLog(new AbortController());
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(new URL('/api/v1/events', baseUrl), { headers, signal: log.stop.signal });
    void log.read(answer);
    return log;
  }

  async close(): Promise<void> {
    this.stop.abort();
  }

  private async read({ body }: Response): Promise<void> {
    const decoder = new TextDecoder();
    try {
      for await (const chunk of body ?? []) this.text += decoder.decode(chunk, { stream: true });
    } catch (error) {
      if (!this.stop.signal.aborted) throw error;
    }
  }
}
