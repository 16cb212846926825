// A directory as large as the largest customer's, through the gateway; and how faults in it are reported.
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { MIB } from '@account-backups/contracts';
import { ApiClient, type Answer } from '../support/api-client.js';
import { ownAccountId } from '../support/provisioned-system.js';
import type { TestSystem } from '../support/running-system.js';
import { sharedSystem } from '../support/shared-system.js';

const ORG_UNITS = 10_000;
const USERS = 50_000;
const GROUPS = 2_000;
const ACCOUNT = ownAccountId('large');
const PATH = `/api/v1/provisioning/accounts/${ACCOUNT}/directory`;

interface Problem {
  readonly code: string;
  readonly errors: readonly { readonly path: string; readonly message: string }[];
}

let system: TestSystem;
let host: ApiClient;

beforeAll(async () => {
  system = await sharedSystem();
  host = new ApiClient(system.gatewayUrl, await system.token({ service: 'host', scopes: ['provisioning'] }));
}, 300_000);

const list = <T>(length: number, make: (at: number) => T): T[] => Array.from({ length }, (_, at) => make(at));

/** Ten levels deep; each group has fifty members and a grant in three OUs. */
function large() {
  return {
    name: 'Large',
    timeZone: 'Europe/Berlin',
    facilities: list(20, (at) => ({ facilityId: `f${at}`, name: `Facility ${at}` })),
    orgUnits: list(ORG_UNITS, (at) => ({
      orgUnitId: `unit-${at}`,
      name: `Department of quality assurance ${at}`,
      ...(at < 20 ? { facilityId: `f${at}` } : { parentOrgUnitId: `unit-${Math.floor(at / 2)}` }),
    })),
    roles: [{ roleId: 'keeper', name: 'Keeper', permissions: ['Backups:Manage Account Backups'] }],
    users: list(USERS, (at) => ({
      userId: `user-${at}`,
      name: `Person with a usual name ${at}`,
      email: `person.${at}@large.example`,
      active: at % 10 !== 9,
      siteAdmin: at === 0,
    })),
    userGroups: list(GROUPS, (at) => ({
      userGroupId: `group-${at}`,
      name: `Group ${at}`,
      memberIds: list(50, (member) => `user-${(at * 25 + member) % USERS}`),
      grants: [
        {
          roleId: 'keeper',
          orgUnitIds: list(3, (unit) => `unit-${(at * 5 + unit) % ORG_UNITS}`),
          includeSubUnits: at % 2 === 0,
        },
      ],
    })),
  };
}

async function person(userId: string): Promise<ApiClient> {
  return new ApiClient(system.gatewayUrl, await system.token({ accountId: ACCOUNT, userId }));
}

it('takes 10,000 OUs and 50,000 users, and the same again', async () => {
  const body = large();
  const counts = { facilities: 20, orgUnits: ORG_UNITS, roles: 1, users: USERS, userGroups: GROUPS };
  expect(await host.put(PATH, body)).toMatchObject({ status: 200, body: counts });
  expect(await host.put(PATH, body)).toMatchObject({ status: 200, body: counts });
  const tree = await (await person('user-0')).get<{ orgUnits: unknown[] }>('/api/v1/org-units');
  expect(tree.body.orgUnits).toHaveLength(ORG_UNITS);
  expect(await (await person('user-9')).get('/api/v1/me')).toMatchObject({ status: 401 });
}, 180_000);

/** Each at a place of its own. */
function spoil({ orgUnits, users, userGroups }: ReturnType<typeof large>): readonly string[] {
  users.push({ ...last(users) });
  Object.assign(users[5] ?? {}, { facilityAdminOf: ['f0', 'x'] });
  Object.assign(orgUnits[0] ?? {}, { facilityId: 'x' });
  Object.assign(orgUnits[25] ?? {}, { parentOrgUnitId: 'unit-9999' });
  Object.assign(orgUnits[9_999] ?? {}, { parentOrgUnitId: 'unit-25' });
  Object.assign(orgUnits[30] ?? {}, { parentOrgUnitId: 'unit-30' });
  Object.assign(orgUnits[41] ?? {}, { facilityId: 'f0' });
  Object.assign(orgUnits[9_998] ?? {}, { parentOrgUnitId: 'unit-x' });
  orgUnits.push({ orgUnitId: 'unit-100', name: 'Doubled', parentOrgUnitId: 'unit-50' });
  userGroups[1_999]?.memberIds.push('nobody');
  userGroups[1_999]?.grants[0]?.orgUnitIds.push('unit-x');
  Object.assign(userGroups[7]?.grants[0] ?? {}, { roleId: 'x' });
  return [
    'orgUnits[10000].orgUnitId',
    'users[50000].userId',
    'orgUnits[0].facilityId',
    'orgUnits[25].parentOrgUnitId',
    'orgUnits[30].parentOrgUnitId',
    'orgUnits[41].facilityId',
    'orgUnits[9998].parentOrgUnitId',
    'orgUnits[9999].parentOrgUnitId',
    'users[5].facilityAdminOf[1]',
    'userGroups[7].grants[0].roleId',
    'userGroups[1999].memberIds[50]',
    'userGroups[1999].grants[0].orgUnitIds[3]',
  ];
}

function last<T>(all: readonly T[]): T {
  const found = all.at(-1);
  if (found === undefined) throw new Error('there is nothing');
  return found;
}

it('names the path of every fault between its parts, and keeps what was there', async () => {
  const directory = large();
  const paths = spoil(directory);
  const { status, body }: Answer<Problem> = await host.put(PATH, { ...directory, name: 'Spoilt' });
  expect({ status, code: body.code }).toEqual({ status: 400, code: 'VALIDATION_FAILED' });
  expect(body.errors.map(({ path }) => path).toSorted()).toEqual(paths.toSorted());
  expect(await (await person('user-0')).get('/api/v1/me')).toMatchObject({ body: { account: { name: 'Large' } } });
}, 60_000);

it('names the path of every fault of its shape', async () => {
  const { users, ...rest } = large();
  const shapes = [{ admin: true }, { active: 'yes' }, { userId: 'a b' }, { name: '' }];
  const spoilt = users.map((user, at) => ({ ...user, ...shapes[at - 49_000] }));
  const { status, body }: Answer<Problem> = await host.put(PATH, { ...rest, users: spoilt });
  expect({ status, code: body.code }).toEqual({ status: 400, code: 'VALIDATION_FAILED' });
  const fields = ['admin', 'active', 'userId', 'name'];
  expect(body.errors.map(({ path }) => path)).toEqual(fields.map((field, at) => `users[${49_000 + at}].${field}`));
}, 60_000);

it('says how large a directory may be before it is sent', async () => {
  const token = await system.token({ service: 'host', scopes: ['provisioning'] });
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'content-length': 65 * MIB,
  };
  const call = request(new URL(PATH, system.gatewayUrl), { method: 'PUT', headers });
  call.flushHeaders();
  const [answer] = (await once(call, 'response')) as [IncomingMessage];
  const problem = (await answer.setEncoding('utf8').toArray()).join('');
  call.on('error', () => undefined).destroy();
  expect({ status: answer.statusCode, code: (JSON.parse(problem) as Problem).code }).toEqual({
    status: 413,
    code: 'PAYLOAD_TOO_LARGE',
  });
}, 60_000);
