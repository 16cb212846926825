// Every call with wrong inputs: a 4xx problem document with a stable code, nothing written, nothing disclosed.
import { randomUUID } from 'node:crypto';
import type { BackupView } from '@account-backups/contracts';
import { ApiClient, type Answer } from '../support/api-client.js';
import { directory } from '../support/laboratory.js';
import { ownAccountId, sharedLaboratory, type Laboratory } from '../support/provisioned-system.js';

interface Problem {
  readonly code: string;
  readonly status: number;
  readonly type: string;
  readonly title: string;
  readonly detail: string;
  readonly errors: readonly { path: string; message: string }[];
}

let lab: Laboratory;
let stranger: ApiClient;

beforeAll(async () => {
  lab = await sharedLaboratory([]);
  const other = ownAccountId('other');
  const made = await lab.host.put(`/api/v1/provisioning/accounts/${other}/directory`, {
    name: 'Other',
    timeZone: 'UTC',
    orgUnits: [{ orgUnitId: 'chem', name: 'Secret chemistry' }],
    users: [{ userId: 'sia', name: 'Another Sia', active: true, siteAdmin: true }],
  });
  expect(made.status).toBe(200);
  const token = await lab.system.token({ accountId: other, userId: 'sia' });
  stranger = new ApiClient(lab.system.gatewayUrl, token);
}, 300_000);

function expectProblem(answer: Answer<unknown>, status: number, code: string): void {
  const problem = answer.body as Problem;
  expect({ status: answer.status, code: problem.code }).toEqual({ status, code });
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(problem).toMatchObject({ status, type: expect.any(String), title: expect.any(String) });
  expect(JSON.stringify(problem)).not.toMatch(/at .*\.(ts|js):\d+/);
}

describe('a request for a backup', () => {
  it.each([
    ['an unknown field', { colour: 'red' }, 400, 'VALIDATION_FAILED'],
    ['a wrong type', { orgUnitIds: 'chem' }, 400, 'VALIDATION_FAILED'],
    ['an id of wrong shape', { orgUnitIds: ['../etc'] }, 400, 'VALIDATION_FAILED'],
    ['a doubled id', { orgUnitIds: ['chem', 'chem'] }, 400, 'VALIDATION_FAILED'],
    ['a password too short', { password: 'x'.repeat(13) }, 400, 'VALIDATION_FAILED'],
    ['a password too long', { password: 'ü'.repeat(50) }, 400, 'VALIDATION_FAILED'],
    ['an empty password', { password: '' }, 400, 'VALIDATION_FAILED'],
    ['a password that ends in a space', { password: 'secret ' }, 400, 'VALIDATION_FAILED'],
    ['a password with a no-break space', { password: 'a\u00A0b' }, 400, 'VALIDATION_FAILED'],
    ['a password with an invisible character', { password: 'a\u200Bb' }, 400, 'VALIDATION_FAILED'],
    ['nothing included', { includeActive: false }, 400, 'NOTHING_INCLUDED'],
    ['an unknown facility', { facilityIds: ['moon'] }, 403, 'FACILITY_NOT_PERMITTED'],
    ['an unknown OU', { orgUnitIds: ['moon'] }, 403, 'ORG_UNIT_NOT_PERMITTED'],
    ['an OU outside', { facilityIds: ['south'], orgUnitIds: ['chem'] }, 400, 'ORG_UNIT_OUTSIDE_FACILITIES'],
    ['an array', [], 400, 'VALIDATION_FAILED'],
    ['null', null, 400, 'VALIDATION_FAILED'],
  ])('with %s is refused', async (_what, body, status, code) => {
    expectProblem(await lab.admin.post('/api/v1/backups', body), status, code);
    expectProblem(await lab.admin.post('/api/v1/backups/estimate', body), status, code);
  });

  it.each(['Password1234!!', 'Prüflabor2026!'])(
    'with %s, which a guesser tries first, is refused',
    async (password) => {
      const answer = await lab.admin.post('/api/v1/backups', { password });
      expectProblem(answer, 400, 'VALIDATION_FAILED');
      expect((answer.body as Problem).errors.map(({ path }) => path)).toEqual(['password']);
    },
  );

  it('that is not JSON, or of another type, is refused', async () => {
    const send = (bytes: string, type: string) => lab.admin.raw('POST', '/api/v1/backups', bytes, type);
    expectProblem(await send('{', 'application/json'), 400, 'VALIDATION_FAILED');
    expectProblem(await send('a=b', 'application/x-www-form-urlencoded'), 415, 'UNSUPPORTED_MEDIA_TYPE');
    expectProblem(await send(`"${'x'.repeat(1_100_000)}"`, 'application/json'), 413, 'PAYLOAD_TOO_LARGE');
  });

  it('without a subscription is refused', async () => {
    expectProblem(await stranger.post('/api/v1/backups', {}), 402, 'SUBSCRIPTION_REQUIRED');
  });

  it('has written nothing so far', async () => {
    expect((await lab.admin.get('/api/v1/backups')).body).toEqual({ items: [], nextCursor: null });
  });
});

describe('somebody of another account', () => {
  it('finds nothing', async () => {
    const { body: backup } = await lab.admin.post<BackupView>('/api/v1/backups', {});
    const path = `/api/v1/backups/${backup.backupId}`;
    expectProblem(await stranger.get(path), 404, 'NOT_FOUND');
    expectProblem(await stranger.post(`${path}/cancel`), 404, 'NOT_FOUND');
    expectProblem(await stranger.post(`${path}/downloads`), 404, 'NOT_FOUND');
    expectProblem(await stranger.get(`${path}/downloads`), 404, 'NOT_FOUND');
    expectProblem(await stranger.get(`${path}/downloads/${randomUUID()}/archive`), 404, 'NOT_FOUND');
    expect((await stranger.get('/api/v1/backups')).body).toEqual({ items: [], nextCursor: null });
    const mine = await lab.admin.get<BackupView>(path);
    expect(mine.body.status).toBe('pending');
    expectProblem(await lab.admin.post('/api/v1/backups', {}), 409, 'BACKUP_ALREADY_PENDING');
    expectProblem(await lab.admin.post(`${path}/downloads`), 409, 'BACKUP_NOT_COMPLETED');
  });
});

describe('any call', () => {
  it.each(['/api/v1/backups/x', '/api/v1/backups/00000000-0000-4000-8000-000000000000', '/api/v1/nothing', '/..%2f'])(
    'to %s is not found',
    async (path) => expectProblem(await lab.admin.get(path), 404, 'NOT_FOUND'),
  );

  it('to an address that cannot be read is refused', async () => {
    expectProblem(await lab.admin.get('/api/v1/backups/%zz'), 400, 'VALIDATION_FAILED');
  });

  it.each(['?limit=0', '?limit=201', '?limit=x', '?cursor=zzz', '?status=gone', '?colour=red'])(
    'of the list with %s is refused',
    async (query) => expectProblem(await lab.admin.get(`/api/v1/backups${query}`), 400, 'VALIDATION_FAILED'),
  );

  it('without, or with a bad token is refused', async () => {
    const anyone = new ApiClient(lab.system.gatewayUrl, 'x.y.z');
    expectProblem(await anyone.get('/api/v1/me'), 401, 'UNAUTHENTICATED');
    const nobody = await lab.person('nobody');
    expectProblem(await nobody.get('/api/v1/me'), 401, 'UNAUTHENTICATED');
    expectProblem(await lab.host.get('/api/v1/backups'), 403, 'SCOPE_MISSING');
    expectProblem(await lab.sales.get('/v1/accounts/nothing/subscription'), 404, 'NOT_FOUND');
    expectProblem(
      await new ApiClient(lab.system.subscriptionsUrl, lab.admin.token).get(
        `/v1/accounts/${lab.accountId}/subscription`,
      ),
      403,
      'SCOPE_MISSING',
    );
    expectProblem(await lab.admin.put(`${lab.path}/directory`, directory), 403, 'SCOPE_MISSING');
  });
});

const nested = (depth: number) =>
  Array.from({ length: depth }, (_, at) => ({
    orgUnitId: `u${at}`,
    name: 'U',
    ...(at > 0 && { parentOrgUnitId: `u${at - 1}` }),
  }));

describe('provisioning', () => {
  const unit = directory.orgUnits[0];

  it.each([
    ['a missing name', { ...directory, name: undefined }],
    ['an unknown time zone', { ...directory, timeZone: 'Mars/Olympus' }],
    ['a time zone that only ICU knows', { ...directory, timeZone: 'PST' }],
    ['OUs more than a hundred deep', { ...directory, orgUnits: nested(101) }],
    ['an unknown field', { ...directory, colour: 'red' }],
    ['an OU twice', { ...directory, orgUnits: [unit, unit] }],
    ['an OU below itself', { ...directory, orgUnits: [{ ...unit, parentOrgUnitId: 'chem' }] }],
    ['an OU of no facility', { ...directory, orgUnits: [{ ...unit, facilityId: 'moon' }] }],
    ['a name with NUL', { ...directory, name: 'a\u0000b' }],
    ['an e-mail address with NUL', { ...directory, users: [{ ...directory.users[0], email: 'a\u0000b' }] }],
    ['a name too long', { ...directory, name: 'x'.repeat(301) }],
  ])('of a directory with %s is refused, and the old one stays', async (_what, body) => {
    expectProblem(await lab.host.put(`${lab.path}/directory`, body), 400, 'VALIDATION_FAILED');
    const units = await lab.admin.get<{ orgUnits: object[] }>('/api/v1/org-units');
    expect(units.body.orgUnits).toHaveLength(directory.orgUnits.length);
  });

  it('of a document with a versionId twice tells which', async () => {
    const version = { versionId: 'v', number: '1', state: 'draft', createdAt: '0001-01-01T00:00:00Z' };
    const document = { documentId: 'twice', index: 'X', title: 'T', type: 'SOP', orgUnitIds: ['chem'] };
    const line = JSON.stringify({ ...document, versions: [version, version] });
    const { body } = await lab.host.raw('POST', `${lab.path}/documents`, line, 'application/x-ndjson');
    const message = 'versions[1].versionId: v is the id of versions[0] already';
    expect(body).toMatchObject({ accepted: 0, rejected: [{ line: 1, code: 'VALIDATION_FAILED', message }] });
  });

  it('of documents tells each bad line and takes the others', async () => {
    const good = { documentId: 'extra', index: 'X', title: 'T', type: 'SOP', orgUnitIds: ['chem'] };
    const lines = [
      '{',
      JSON.stringify(good),
      JSON.stringify({ ...good, orgUnitIds: [] }),
      '',
      JSON.stringify({ a: 1 }),
      JSON.stringify({ ...good, title: 'x'.repeat(5_000_000) }),
      JSON.stringify({ ...good, documentId: 'after' }),
      'x'.repeat(60_000_000),
    ];
    const answer = await lab.host.raw<{ accepted: number; rejected: { line: number; code: string }[] }>(
      'POST',
      `${lab.path}/documents`,
      lines.join('\n'),
      'application/x-ndjson',
    );
    expect(answer.body.accepted).toBe(2);
    expect(answer.body.rejected.map(({ line, code }) => [line, code])).toEqual([
      [1, 'VALIDATION_FAILED'],
      [3, 'VALIDATION_FAILED'],
      [5, 'VALIDATION_FAILED'],
      [6, 'VALIDATION_FAILED'],
      [8, 'VALIDATION_FAILED'],
    ]);
  });

  it('of a file again is a no-op, with other content refused', async () => {
    const put = (text: string) => lab.host.raw('PUT', `${lab.path}/files/one`, text);
    const first = await put('content');
    expect(first.status).toBe(200);
    expect((await put('content')).body).toEqual(first.body);
    expectProblem(await put('other'), 409, 'FILE_CONTENT_DIFFERS');
    expectProblem(await lab.host.raw('PUT', `${lab.path}/files/${'x'.repeat(65)}`, 'x'), 400, 'VALIDATION_FAILED');
    expectProblem(
      await lab.host.raw('PUT', `${lab.path.replace(lab.accountId, 'nowhere')}/files/x`, 'x'),
      404,
      'NOT_FOUND',
    );
  });
});
