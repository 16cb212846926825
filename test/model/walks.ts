// A running system for walks: each in an account of its own, with a neighbour that none of them may touch.
import { directory as schema } from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { mintLocalToken } from 'account-backups/system/local-token.js';
import { ApiClient } from '../support/api-client.js';
import { eventually } from '../support/eventually.js';
import type { TestSystem } from '../support/running-system.js';
import { sharedSystem } from '../support/shared-system.js';
import { DOCUMENTS, type KnownAccount } from './account-rules.js';
import { put, watched } from './directory-steps.js';
import { EventEar } from './event-ear.js';
import { ListeningClient } from './listening-client.js';
import { tellingNames, type Heard } from './sights.js';
import { subscribing } from './subscription-steps.js';
import { USERS, type Neighbour, type RealAccount } from './walk-step.js';

interface Walk {
  readonly model: KnownAccount;
  readonly real: RealAccount;
  leave(): void;
}

export interface Walks {
  openAccount(): Promise<Walk>;
  /** Everything that its Site Admin can see of the neighbour. */
  readonly neighbourAtFirst: unknown;
  neighbourNow(): Promise<unknown>;
  close(): Promise<void>;
}

interface Programs {
  readonly system: TestSystem;
  readonly issuerUrl: string;
  readonly bus: Bus;
  readonly host: ApiClient;
  readonly sales: ApiClient;
}

export async function openWalks(): Promise<Walks> {
  // The clock starts nothing: a scan is a step.
  const system = await sharedSystem();
  const programs = await programsOf(system);
  const neighbour = await settle(programs);
  const ada = await personOf(programs, NEIGHBOUR, 'p0');
  let accounts = 0;
  return {
    openAccount: () => openAccount(programs, neighbour, `walk-${(accounts += 1)}`),
    neighbourAtFirst: await everythingOf(ada, neighbour),
    neighbourNow: () => everythingOf(ada, neighbour),
    close: () => programs.bus.close(),
  };
}

async function programsOf(system: TestSystem): Promise<Programs> {
  const provisioning = await system.command('token', '--service', 'host', '--scope', 'provisioning');
  const claims = JSON.parse(Buffer.from(provisioning.split('.')[1] ?? '', 'base64url').toString()) as { iss: string };
  const selling = await system.command('token', '--service', 'sales', '--scope', 'subscriptions');
  return {
    system,
    issuerUrl: claims.iss,
    bus: new Bus({ url: system.brokerUrl, name: 'walks' }),
    host: new ApiClient(system.gatewayUrl, provisioning),
    sales: new ApiClient(system.subscriptionsUrl, selling),
  };
}

async function personOf({ system, issuerUrl }: Programs, accountId: string, userId: string): Promise<ApiClient> {
  const bearer = { accountId, userId };
  return new ApiClient(system.gatewayUrl, await mintLocalToken({ dataDir: system.dataDir, issuerUrl, bearer }));
}

async function openAccount(programs: Programs, neighbour: Neighbour, accountId: string): Promise<Walk> {
  const { host, sales, bus } = programs;
  const heard: Heard[] = [];
  // Each with a token of this moment: one from before its person was made inactive stays void.
  const person = async (userId: string) =>
    new ListeningClient(await personOf(programs, accountId, userId), userId, heard);
  const ears: EventEar[] = [];
  // As the command `scan` does, without the second that its process takes.
  const scan = async () => void (await bus.request('scheduler.tick-now', {}));
  const real = { accountId, host, sales, neighbour, heard, ears, sights: [], person, scan };
  const directory = tellingNames(watched(schema.parse({ name: 'empty', timeZone: 'UTC' })), accountId);
  const model = { directory, subscribed: false, ended: false, backups: [], keys: [], links: [], cursors: [] };
  await put(real, directory);
  await register(host, accountId);
  await subscribing()(model, real);
  for (const userId of [...USERS, 'watcher']) ears.push(await EventEar.open(userId, () => person(userId)));
  return { model, real, leave: () => ears.forEach((ear) => ear.close()) };
}

/** The documents that `documentsIn` knows; none has a file. */
async function register(host: ApiClient, accountId: string): Promise<void> {
  const documents = [
    ...Array.from({ length: DOCUMENTS }, (_, at) => documentOf(`d${at}`, at % 2 === 1, [`u${at}`])),
    documentOf('shared', true, ['u0', 'u1']),
  ];
  const lines = documents.map((document) => JSON.stringify(document)).join('\n');
  const path = `/api/v1/provisioning/accounts/${accountId}/documents`;
  const answer = await host.raw<{ rejected: unknown[] }>('POST', path, lines, 'application/x-ndjson');
  expect(answer.body.rejected).toEqual([]);
}

function documentOf(documentId: string, active: boolean, orgUnitIds: readonly string[]): object {
  const version = { versionId: `${documentId}-1`, number: '1', state: 'authorised', createdAt: '2025-01-01T00:00:00Z' };
  const versions = [{ ...version, externalUrl: 'https://example.org/', attachments: [] }];
  return {
    documentId,
    index: documentId,
    title: documentId,
    type: 'SOP',
    active,
    orgUnitIds,
    owners: [],
    authors: [],
    versions,
  };
}

const NEIGHBOUR = 'neighbour';

/** Its people and OUs have the same ids as those of the walks, and some that these do not have. */
async function settle(programs: Programs): Promise<Neighbour> {
  const { host, sales } = programs;
  const directory = tellingNames(
    schema.parse({
      name: 'neighbour',
      timeZone: 'UTC',
      facilities: ['f0', 'nf'].map((facilityId) => ({ facilityId, name: facilityId })),
      orgUnits: ['u0', 'u1', 'nu'].map((orgUnitId) => ({ orgUnitId, name: orgUnitId, facilityId: 'nf' })),
      users: USERS.slice(0, 2).map((userId) => ({ userId, name: userId, siteAdmin: true })),
    }),
    NEIGHBOUR,
  );
  await host.put(`/api/v1/provisioning/accounts/${NEIGHBOUR}/directory`, directory);
  await register(host, NEIGHBOUR);
  const term = { startsOn: '2020-01-01', endsOn: '2099-12-31', reference: 'M', note: 'model' };
  expect((await sales.put(`/v1/accounts/${NEIGHBOUR}/subscription`, term)).status).toBe(200);
  const ada = await personOf(programs, NEIGHBOUR, 'p0');
  const cancelled = await ada.post<{ backupId: string }>('/api/v1/backups', {}, { 'idempotency-key': 'k1' });
  await ada.post(`/api/v1/backups/${cancelled.body.backupId}/cancel`);
  const { body } = await ada.post<{ backupId: string }>('/api/v1/backups', {}, { 'idempotency-key': 'k2' });
  await programs.bus.request('scheduler.tick-now', {});
  const path = `/api/v1/backups/${body.backupId}`;
  await eventually(async () => expect((await ada.get(path)).body).toMatchObject({ status: 'completed' }));
  const begun = await ada.post<{ downloadId: string }>(`${path}/downloads`);
  await ada.post(`${path}/downloads`);
  const pages = ['/api/v1/backups?limit=1', `${path}/downloads?limit=1`].map((list) => cursorOf(ada, list));
  return { accountId: NEIGHBOUR, ...body, downloadId: begun.body.downloadId, cursors: await Promise.all(pages) };
}

async function cursorOf(person: ApiClient, list: string): Promise<string> {
  const { body } = await person.get<{ nextCursor: string | null }>(list);
  expect(body.nextCursor).toEqual(expect.any(String));
  return body.nextCursor ?? '';
}

async function everythingOf(ada: ApiClient, { backupId }: Neighbour): Promise<unknown> {
  const lists = ['/me', '/org-units', '/backups', `/backups/${backupId}`, `/backups/${backupId}/downloads`];
  const answers = await Promise.all(lists.map((list) => ada.get<Record<string, unknown>>(`/api/v1${list}`)));
  expect(answers.map(({ status }) => status)).toEqual(lists.map(() => 200));
  return answers.map(({ body }) => ({ ...body, nextScanAt: null }));
}
