// The gateway with issuers that are not ours: how it says who it is, what people are called, how they leave.
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { AppError } from '@account-backups/contracts';
import type { ClientMetadata } from 'oidc-provider';
import { chromium } from 'playwright-core';
import { CookieJar } from '../../support/cookie-jar.js';
import { freePort } from '../../support/free-port.js';
import type { Answers } from '../../support/told-bus.js';
import { startForeignIssuer, type ForeignIssuer } from './foreign-issuer.js';
import { refusal } from './harness.js';
import { requestState } from '../local-issuer/neighbours.js';
import { PlayedSessions } from '../local-issuer/played-sessions.js';
import { startToldGateway } from './told-gateway.js';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const AUDIENCE = 'https://backups.qms.example';
const ALGORITHMS = ['ES256', 'PS512', 'ES512', 'EdDSA', 'RS256'];
const CLIENT_ID = 'gateway@clients';

interface House {
  readonly url: string;
  readonly issuer: ForeignIssuer;
  close(): Promise<void>;
}

/** A gateway that is the client `client` of an issuer, which calls an account `org`. */
async function openHouse(client: Partial<ClientMetadata>, settings: Readonly<Record<string, string>>): Promise<House> {
  const url = `http://localhost:${await freePort()}`;
  const publicUrl = settings['PUBLIC_URL'] ?? url;
  const issuer = await startForeignIssuer({
    audience: AUDIENCE,
    algorithms: ALGORITHMS,
    client: {
      client_id: CLIENT_ID,
      redirect_uris: [`${publicUrl}/auth/callback`],
      post_logout_redirect_uris: [publicUrl],
      backchannel_logout_uri: `${url}/auth/back-channel-logout`,
      backchannel_logout_session_required: true,
      grant_types: ['authorization_code', 'client_credentials'],
      ...client,
    },
  });
  const trusted = { OIDC_ISSUER: issuer.url, OIDC_AUDIENCE: AUDIENCE, OIDC_CLIENT_ID: CLIENT_ID };
  const end = await startToldGateway(url, { ...trusted, OIDC_ACCOUNT_CLAIM: 'org', ...settings }, answers);
  const close = async () => {
    await end();
    await issuer.close();
  };
  return { url, issuer, close };
}

const users: Readonly<Record<string, string>> = { 'northfield auth0|1': 'ada', 'northfield leo': 'leo' };

const answers: Answers = {
  ...new PlayedSessions().answers,
  'permissions.find-user': ({ accountId, subject }) => {
    const userId = users[`${accountId} ${subject}`];
    if (userId === undefined) throw new AppError('NOT_FOUND', 'nobody is meant');
    return { userId, active: true };
  },
  'permissions.get-access': ({ accountId, userId }) => ({
    account: { accountId, name: 'Northfield', timeZone: 'Europe/London', enterprise: false },
    user: { userId, name: userId },
    siteAdmin: false,
    facilityAdminOf: [],
    orgUnitIds: [],
    accountOrgUnitCount: 0,
  }),
  'backups.get-request-state': () => requestState,
  'backups.list': () => ({ items: [], nextCursor: null }),
};

const pem = (key: KeyObject) => String(key.export({ type: 'pkcs8', format: 'pem' }));
const keyPairs = {
  PS256: generateKeyPairSync('rsa', { modulusLength: 2_048 }),
  ES384: generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  EdDSA: generateKeyPairSync('ed25519'),
};

function withKey(kind: keyof typeof keyPairs): [Partial<ClientMetadata>, Record<string, string>] {
  const { publicKey, privateKey } = keyPairs[kind];
  const jwks = { keys: [{ ...publicKey.export({ format: 'jwk' }) }] };
  const client = { token_endpoint_auth_method: 'private_key_jwt', jwks } as Partial<ClientMetadata>;
  return [client, { OIDC_CLIENT_KEY: pem(privateKey) }];
}

function withSecret(method: string, secret: string, settings = {}): [Partial<ClientMetadata>, Record<string, string>] {
  const client = { token_endpoint_auth_method: method, client_secret: secret } as Partial<ClientMetadata>;
  return [client, { OIDC_CLIENT_SECRET: secret, ...settings }];
}

const asPublic: [Partial<ClientMetadata>, Record<string, string>] = [
  { token_endpoint_auth_method: 'none', grant_types: ['authorization_code'] },
  { OIDC_CLIENT_AUTH: 'none' },
];

describe('a gateway signs people in', () => {
  it.each([
    ['client_secret_basic, which the issuer offers', ...withSecret('client_secret_basic', 'a:b%2Fc+d &=~!"\\')],
    ['client_secret_post', ...withSecret('client_secret_post', 'p:q%+', { OIDC_CLIENT_AUTH: 'client_secret_post' })],
    ['private_key_jwt of RSA', ...withKey('PS256')],
    ['private_key_jwt of P-384', ...withKey('ES384')],
    ['private_key_jwt of Ed25519', ...withKey('EdDSA')],
    ['none', ...asPublic],
  ])('by %s', async (_how, client, settings) => {
    const { url, issuer, close } = await openHouse(client, settings);
    issuer.person = { sub: 'auth0|1', org: 'northfield' };
    const shown = await new CookieJar().follow(`${url}/sign-in?returnTo=/api/v1/me`);
    const person: unknown = await shown.json();
    await close();
    expect(person).toMatchObject({ userId: 'ada', account: { accountId: 'northfield' } });
  });
});

it.each([
  ['https://backups.example', ''],
  ['https://backups.example/apps/a', '/apps/a'],
])('at %s has cookies that no neighbour can set, and has browsers keep to https', async (publicUrl, path) => {
  const [client, settings] = withSecret('client_secret_basic', 'a-secret', { PUBLIC_URL: publicUrl });
  const { url, issuer, close } = await openHouse(client, settings);
  issuer.person = { sub: 'auth0|1', org: 'northfield' };
  const jar = new CookieJar((address) => address.replace(publicUrl, url));
  const shown = await jar.follow(`${url}/sign-in?returnTo=${path}/api/v1/me`);
  const [status, hsts] = [shown.status, shown.headers.get('strict-transport-security')];
  const session = '__Host-account_backups_session';
  const plain = await fetch(`${url}/api/v1/me`, { headers: { cookie: jar.header().replace('__Host-', '') } });
  await close();
  expect([status, hsts, plain.status]).toEqual([200, 'max-age=31536000', 401]);
  expect(jar.names.filter((name) => name.includes('account_backups'))).toEqual([
    '__Secure-account_backups_id_token',
    session,
  ]);
  expect(jar.attributesOf(session)).toEqual(['Path=/', 'Max-Age=28800', 'HttpOnly', 'SameSite=Lax', 'Secure']);
  expect(jar.attributesOf('__Secure-account_backups_id_token')).toContain(`Path=${path}/sign-out`);
});

it('takes no ID token that is signed with a shared secret', async () => {
  const [client, settings] = withSecret('client_secret_basic', 'a-secret-of-32-characters-or-more');
  const { url, issuer, close } = await openHouse({ ...client, id_token_signed_response_alg: 'HS256' }, settings);
  issuer.person = { sub: 'auth0|1', org: 'northfield' };
  const answer = await new CookieJar().follow(`${url}/sign-in`);
  await close();
  expect(await refusal(answer)).toEqual({ status: 401, code: 'UNAUTHENTICATED' });
});

describe('at an issuer of somebody else', () => {
  const secret = 'a-secret';
  let house: House;
  beforeAll(async () => {
    house = await openHouse(...withSecret('client_secret_basic', secret));
  });
  afterAll(() => house?.close());

  const come = (jar: CookieJar, address = '/sign-in?returnTo=/api/v1/me') =>
    jar.follow(`${house.url}${address}`, { headers: { accept: 'text/html' } });
  const meBy = async (token: Promise<string>) =>
    fetch(`${house.url}/api/v1/me`, { headers: { authorization: `Bearer ${await token}` } });

  it.each(ALGORITHMS)('a person sends a token signed by %s', async (algorithm) => {
    const claims = { sub: 'auth0|1', org: 'northfield', scp: ['backups'] };
    expect(await (await meBy(house.issuer.token(claims, algorithm))).json()).toMatchObject({ userId: 'ada' });
  });

  it.each([
    ['leo', 'leo'],
    ['auth0|1', 'ada'],
  ])('the token of %s is that of %s', async (sub, userId) => {
    const claims = { sub, org: 'northfield', scope: 'backups' };
    expect(await (await meBy(house.issuer.token(claims, 'ES256'))).json()).toMatchObject({ userId });
  });

  it('a program provisions with a token that the issuer gave it', async () => {
    const { url } = house;
    const tokens = await fetch(`${house.issuer.url}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${encodeURIComponent(CLIENT_ID)}:${secret}`)}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'provisioning', resource: AUDIENCE }),
    });
    const { access_token: token } = (await tokens.json()) as { access_token: string };
    const answer = await fetch(`${url}/api/v1/provisioning/accounts/northfield/directory`, {
      method: 'PUT',
      body: '{}',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    });
    expect(await refusal(answer)).toEqual({ status: 400, code: 'VALIDATION_FAILED' });
  });

  it.each([
    ['no account', { sub: 'auth0|1' }, 'ACCOUNT_MISSING'],
    ['a user whom nobody knows', { sub: 'auth0|2', org: 'northfield' }, 'USER_UNKNOWN'],
    ['a user of another account', { sub: 'auth0|1', org: 'harbour' }, 'USER_UNKNOWN'],
  ])('a person with %s is told why, and may be somebody else', async (_what, person, code) => {
    const jar = new CookieJar();
    house.issuer.person = person;
    const shown = await come(jar);
    expect(new URL(shown.url).searchParams.get('signIn')).toBe(code);
    expect((await jar.follow(`${house.url}/api/v1/me`)).status).toBe(401);
    house.issuer.person = { sub: 'auth0|1', org: 'northfield' };
    const again = await come(new CookieJar(), '/sign-in?returnTo=/api/v1/me&prompt=select_account');
    expect(await again.json()).toMatchObject({ userId: 'ada' });
    expect(house.issuer.prompts.at(-1)).toBe('login');
  });

  it('a program that is no browser is told with a code', async () => {
    house.issuer.person = { sub: 'auth0|1' };
    const answer = await new CookieJar().follow(`${house.url}/sign-in`);
    expect(await refusal(answer)).toEqual({ status: 401, code: 'ACCOUNT_MISSING' });
  });

  it('signing out ends the session there too, and leads back', async () => {
    const jar = new CookieJar();
    const { url } = house;
    house.issuer.person = { sub: 'auth0|1', org: 'northfield' };
    await come(jar);
    expect(jar.attributesOf('account_backups_id_token')).toContain('Path=/sign-out');
    const asked = await jar.follow(`${url}/sign-out`, { method: 'POST', headers: { origin: url } });
    const address = new URL(asked.url);
    expect(address.origin).toBe(house.issuer.url);
    expect(Object.fromEntries(address.searchParams)).toEqual({
      client_id: CLIENT_ID,
      post_logout_redirect_uri: url,
      id_token_hint: expect.stringMatching(/^ey/) as string,
    });
    const xsrf = /name="xsrf" value="(\w+)"/.exec(await asked.text())?.[1] ?? '';
    const body = new URLSearchParams({ xsrf, logout: 'yes' });
    const back = await jar.follow(`${house.issuer.url}/session/end/confirm`, { method: 'POST', body });
    expect(back.url).toBe(`${url}/`);
    expect((await jar.follow(`${url}/api/v1/me`)).status).toBe(401);
    house.issuer.person = { sub: 'leo', org: 'northfield' };
    expect(await (await come(jar)).json()).toMatchObject({ userId: 'leo' });
  });

  it('an ID token of the issuer opens nothing, whatever its audience is', async () => {
    const claims = { sub: 'auth0|1', org: 'northfield', scope: 'backups', nonce: 'n', at_hash: 'h' };
    expect((await meBy(house.issuer.token(claims, 'ES256'))).status).toBe(401);
  });

  it('a person signs out on the page, in a browser that keeps to its policy', async () => {
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
    const page = await browser.newPage({ locale: 'en-GB' });
    house.issuer.person = { sub: 'auth0|1', org: 'northfield' };
    await page.goto(`${house.url}/sign-in`);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Yes, sign me out' }).click();
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    const cookies = (await page.context().cookies(house.url)).map(({ name }) => name);
    await browser.close();
    expect(cookies.filter((name) => /^account_backups_(session|id_token)$/.test(name))).toEqual([]);
  });

  it('the page is told where to go to sign out', async () => {
    const { url } = house;
    const headers = { origin: url, accept: 'application/json' };
    const answer = await fetch(`${url}/sign-out`, { method: 'POST', headers });
    const { location } = (await answer.json()) as { location: string };
    expect(new URL(location).searchParams.get('client_id')).toBe(CLIENT_ID);
  });
});
