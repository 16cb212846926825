// Sessions of people on the whole system: what runs on them ends with them, and what has ended stays so.
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BackupView, DownloadView } from '@account-backups/contracts';
import { CookieJar } from '../support/cookie-jar.js';
import { eventually } from '../support/eventually.js';
import { directory, files } from '../support/laboratory.js';
import { sharedLaboratory, type Laboratory } from '../support/provisioned-system.js';

const WITHIN = { deadlineMs: 5_000, everyMs: 50 };
const LARGE = 48 * 1024 * 1024;

interface OwnSession {
  readonly sessionId: string;
  readonly current: boolean;
  readonly ipAddress: string;
  readonly userAgent: string;
}

let lab: Laboratory;
let password: string;
let backup: BackupView;

beforeAll(async () => {
  const [file] = files.slice(1, 2);
  if (!file) throw new Error('the laboratory has no file');
  lab = await sharedLaboratory([{ ...file, content: randomBytes(LARGE) }]);
  const secrets = JSON.parse(await readFile(join(lab.system.dataDir, 'secrets.json'), 'utf8')) as {
    demoPassword: string;
  };
  password = secrets.demoPassword;
  const max = await lab.person('max');
  const created = await max.post<BackupView>('/api/v1/backups', {}, { 'idempotency-key': randomUUID() });
  expect(created.status).toBe(201);
  await lab.system.scan();
  backup = await eventually(
    async () => {
      const { body } = await max.get<BackupView>(`/api/v1/backups/${created.body.backupId}`);
      expect(body.status).toBe('completed');
      return body;
    },
    { deadlineMs: 120_000 },
  );
  expect(backup.archive?.sizeBytes).toBeGreaterThan(LARGE);
}, 400_000);

afterEach(() => listUsers(true));

async function listUsers(active: boolean): Promise<void> {
  const users = directory.users.map((user) => (user.userId === 'max' ? { ...user, active } : user));
  expect((await lab.host.put(`${lab.path}/directory`, { ...directory, users })).status).toBe(200);
}

/** Max in a browser of his own. */
class Browser {
  private readonly jar = new CookieJar();

  static async signedIn(): Promise<Browser> {
    const browser = new Browser();
    const form = await browser.jar.follow(`${lab.system.gatewayUrl}/sign-in?returnTo=/api/v1/me`);
    const body = new URLSearchParams({ name: `max@${lab.accountId}`, password });
    expect((await browser.jar.follow(form.url, { method: 'POST', body })).status).toBe(200);
    return browser;
  }

  call(path: string, method = 'GET'): Promise<Response> {
    const headers = { cookie: this.jar.header(), origin: lab.system.gatewayUrl };
    return fetch(`${lab.system.gatewayUrl}${path}`, { method, headers, redirect: 'manual' });
  }

  async sessions(): Promise<readonly OwnSession[]> {
    const { items } = (await (await this.call('/api/v1/sessions')).json()) as { items: OwnSession[] };
    return items;
  }

  /** An answer that nobody reads. */
  async begin(path: string): Promise<IncomingMessage> {
    const call = httpRequest(`${lab.system.gatewayUrl}${path}`, { headers: { cookie: this.jar.header() } }).end();
    call.on('error', () => undefined);
    const [answer] = (await once(call, 'response')) as [IncomingMessage];
    expect(answer.statusCode).toBe(200);
    return answer.on('error', () => undefined);
  }

  /** The archive, of which nothing is read; gives the id of the download too. */
  async download(): Promise<{ downloadId: string; answer: IncomingMessage }> {
    const path = `/api/v1/backups/${backup.backupId}/downloads`;
    const { downloadId } = (await (await this.call(path, 'POST')).json()) as { downloadId: string };
    return { downloadId, answer: await this.begin(`${path}/${downloadId}/archive`) };
  }
}

/** What the history says of a download, within the bound. */
async function interrupted(downloadId: string): Promise<DownloadView> {
  const path = `/api/v1/backups/${backup.backupId}/downloads`;
  return eventually(async () => {
    const { body } = await lab.admin.get<{ items: DownloadView[] }>(path);
    const download = body.items.find((one) => one.downloadId === downloadId);
    expect(download).toMatchObject({ outcome: 'interrupted' });
    return download as DownloadView;
  }, WITHIN);
}

function isOver(answer: IncomingMessage): Promise<boolean> {
  const closed = new Promise<boolean>((resolve) => void answer.resume().once('close', () => resolve(true)));
  return answer.destroyed ? Promise.resolve(true) : Promise.race([closed, sleep(5_000, false, { ref: false })]);
}

const me = async (browser: Browser) => (await browser.call('/api/v1/me')).status;

it('signing out ends what runs in that browser within five seconds, and nothing in another one', async () => {
  const [here, there] = [await Browser.signedIn(), await Browser.signedIn()];
  const { downloadId, answer } = await here.download();
  const [stream, other] = [await here.begin('/api/v1/events'), await there.begin('/api/v1/events')];
  expect((await here.call('/sign-out', 'POST')).status).toBe(303);
  const { bytesSent, ofBytes } = await interrupted(downloadId);
  expect(bytesSent).toBeGreaterThan(0);
  expect(bytesSent).toBeLessThan(ofBytes);
  expect(await Promise.all([isOver(answer), isOver(stream), me(here), me(there)])).toEqual([true, true, 401, 200]);
  expect(other.destroyed).toBe(false);
  other.destroy();
});

it('a person sees their sessions, and ends one or all others', async () => {
  const [here, there, third] = [await Browser.signedIn(), await Browser.signedIn(), await Browser.signedIn()];
  const [newest] = await there.sessions();
  const [current] = (await there.sessions()).filter((one) => one.current);
  expect(newest).toMatchObject({ current: false, userAgent: 'node', ipAddress: '127.0.0.1' });
  expect((await here.call(`/api/v1/sessions/${current?.sessionId}`, 'DELETE')).status).toBe(204);
  await eventually(async () => expect([await me(there), await me(third)]).toEqual([401, 200]), WITHIN);
  expect((await here.call('/api/v1/sessions', 'DELETE')).status).toBe(204);
  await eventually(async () => expect([await me(here), await me(third)]).toEqual([200, 401]), WITHIN);
  expect((await here.sessions()).map((one) => one.current)).toEqual([true]);
});

it('nobody ends the session of somebody else, or learns of it', async () => {
  const browser = await Browser.signedIn();
  const [mine] = await browser.sessions();
  const [own, invented] = await Promise.all([
    lab.admin.send<{ code: string }>('DELETE', `/api/v1/sessions/${mine?.sessionId}`),
    lab.admin.send<{ code: string }>('DELETE', `/api/v1/sessions/${randomUUID()}`),
  ]);
  expect([own.status, own.body.code, invented.status]).toEqual([404, 'NOT_FOUND', 404]);
  expect(await me(browser)).toBe(200);
});

it('a deactivated person has nothing that runs within five seconds, and no session when active again', async () => {
  const browser = await Browser.signedIn();
  const { downloadId, answer } = await browser.download();
  const stream = await browser.begin('/api/v1/events');
  await listUsers(false);
  await interrupted(downloadId);
  expect(await Promise.all([isOver(answer), isOver(stream), me(browser)])).toEqual([true, true, 401]);
  await listUsers(true);
  expect(await me(browser)).toBe(401);
  expect(await me(await Browser.signedIn())).toBe(200);
});

it('who lost the right to a backup gets no more of it within five seconds', async () => {
  const browser = await Browser.signedIn();
  const { downloadId, answer } = await browser.download();
  const userGroups = directory.userGroups.map((group) => ({ ...group, memberIds: [] }));
  expect((await lab.host.put(`${lab.path}/directory`, { ...directory, userGroups })).status).toBe(200);
  await interrupted(downloadId);
  expect([await isOver(answer), await me(browser)]).toEqual([true, 200]);
});
