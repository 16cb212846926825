// The gateway with a real Keycloak, set up as docs/identity-providers.md says: KEYCLOAK=1 npm test -- keycloak
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { AppError, type Payload } from '@account-backups/contracts';
import { CookieJar } from '../../support/cookie-jar.js';
import { eventually } from '../../support/eventually.js';
import { freePort } from '../../support/free-port.js';
import { startKeycloak, type Keycloak } from '../../support/keycloak.js';
import type { Answers } from '../../support/told-bus.js';
import { requestState } from '../local-issuer/neighbours.js';
import { PlayedSessions } from '../local-issuer/played-sessions.js';
import { refusal } from './harness.js';
import { AUDIENCE, FOREIGN_SECRET, PASSWORD, people, realmOf, SECRET } from './keycloak-realm.js';
import { startToldGateway } from './told-gateway.js';

const describeIfWanted = process.env['KEYCLOAK'] === '1' ? describe : describe.skip;

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const signingKey = { ...publicKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' };
const pem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
const sessions = new PlayedSessions();

function endByIssuer({ issuerSubject, issuerSession }: Payload<'sessions.end-by-issuer'>) {
  for (const [id, begun] of sessions.holding) {
    const isMeant =
      issuerSession === null ? begun.issuerSubject === issuerSubject : begun.issuerSession === issuerSession;
    if (isMeant) sessions.holding.delete(id);
  }
  return { isNew: true };
}

const answers: Answers = {
  ...sessions.answers,
  'sessions.end-by-issuer': endByIssuer,
  'permissions.find-user': ({ accountId, subject }) => {
    if (accountId !== 'northfield' || subject !== people.ada) throw new AppError('NOT_FOUND', 'nobody is meant');
    return { userId: 'ada', active: true };
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
};

describeIfWanted('with Keycloak', () => {
  let url: string;
  let keycloak: Keycloak;
  let end: (() => Promise<void>) | undefined;

  /** One gateway at a time, at the address that the realm knows; some clients prove themselves otherwise. */
  async function open(clientId: string, settings: Readonly<Record<string, string>>): Promise<void> {
    await end?.();
    const trusted = { OIDC_ISSUER: keycloak.issuer, OIDC_AUDIENCE: AUDIENCE, OIDC_CLIENT_ID: clientId };
    end = await startToldGateway(url, { ...trusted, OIDC_TOKEN_TYPES: 'at+jwt,JWT', ...settings }, answers);
  }

  beforeAll(async () => {
    url = `http://localhost:${await freePort()}`;
    keycloak = await startKeycloak(realmOf({ gatewayUrl: url, publicKey: signingKey }));
    await open('gateway', { OIDC_CLIENT_SECRET: SECRET });
  }, 300_000);

  afterAll(async () => {
    await end?.();
    await keycloak?.stop();
  }, 60_000);

  /** Fills in the form at which a browser has arrived. */
  async function submit(jar: CookieJar, form: Response, username: string): Promise<Response> {
    const action = /action="([^"]+)"/.exec(await form.text())?.[1]?.replaceAll('&amp;', '&') ?? '';
    const body = new URLSearchParams({ username, password: PASSWORD });
    return jar.follow(action, { method: 'POST', body, headers: { accept: 'text/html' } });
  }

  const signIn = async (jar: CookieJar, username: string) =>
    submit(jar, await jar.follow(`${url}/sign-in?returnTo=/api/v1/me`), username);

  /** What a program gets that asks Keycloak for tokens in the name of Ada, as RFC 6749 and RFC 7636 have it. */
  async function tokensOfAda(clientId: string): Promise<{ access_token: string; id_token: string }> {
    const verifier = randomBytes(32).toString('base64url');
    const there = `${keycloak.issuer}/protocol/openid-connect`;
    const asked = new URLSearchParams({
      client_id: clientId,
      response_type: 'code',
      scope: 'openid',
      nonce: 'n',
      redirect_uri: `${url}/help`,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
    const jar = new CookieJar();
    const back = await submit(jar, await jar.follow(`${there}/auth?${asked.toString()}`), 'ada');
    const body = new URLSearchParams({
      client_id: clientId,
      grant_type: 'authorization_code',
      code: new URL(back.url).searchParams.get('code') ?? '',
      redirect_uri: `${url}/help`,
      code_verifier: verifier,
    });
    return (await (await fetch(`${there}/token`, { method: 'POST', body })).json()) as never;
  }

  async function tokenOfHost(): Promise<string> {
    const answer = await fetch(`${keycloak.issuer}/protocol/openid-connect/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`host-system:${encodeURIComponent(SECRET)}`)}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    return ((await answer.json()) as { access_token: string }).access_token;
  }

  const meBy = (token: string) => fetch(`${url}/api/v1/me`, { headers: { authorization: `Bearer ${token}` } });
  const me = (jar: CookieJar) => jar.follow(`${url}/api/v1/me`);
  const ada = { userId: 'ada', account: { accountId: 'northfield' } };

  it.each([
    ['a secret', 'gateway', { OIDC_CLIENT_SECRET: SECRET }],
    ['a secret in the body', 'gateway', { OIDC_CLIENT_SECRET: SECRET, OIDC_CLIENT_AUTH: 'client_secret_post' }],
    ['a secret of other letters', 'gateway-foreign', { OIDC_CLIENT_SECRET: FOREIGN_SECRET }],
    ['a key', 'gateway-key', { OIDC_CLIENT_KEY: pem }],
  ])('a person signs in at a gateway that has %s', async (_what, clientId, settings) => {
    await open(clientId, settings);
    const shown = await signIn(new CookieJar(), 'ada');
    await open('gateway', { OIDC_CLIENT_SECRET: SECRET });
    expect(await shown.json()).toMatchObject(ada);
  });

  it.each(['desktop', 'desktop-rfc9068'])('the access token of a person from %s is taken', async (clientId) => {
    const { access_token: token } = await tokensOfAda(clientId);
    expect(await (await meBy(token)).json()).toMatchObject(ada);
  });

  it('the ID token is not, though the API is its audience', async () => {
    const { id_token: token } = await tokensOfAda('desktop');
    const { aud } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { aud: string[] };
    expect(aud).toContain(AUDIENCE);
    expect(await refusal(await meBy(token))).toEqual({ status: 401, code: 'UNAUTHENTICATED' });
  });

  it('the token of a program provisions, and is no person', async () => {
    const token = await tokenOfHost();
    const answer = await fetch(`${url}/api/v1/provisioning/accounts/northfield/directory`, {
      method: 'PUT',
      body: '{}',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    });
    expect(await refusal(answer)).toEqual({ status: 400, code: 'VALIDATION_FAILED' });
    expect((await meBy(token)).status).toBe(403);
  });

  it('a person without an account is told so, and may sign in as somebody else', async () => {
    const jar = new CookieJar();
    const shown = await signIn(jar, 'otto');
    expect(new URL(shown.url).searchParams.get('signIn')).toBe('ACCOUNT_MISSING');
    const again = await jar.follow(`${url}/sign-in?returnTo=/api/v1/me&prompt=select_account`);
    const restart =
      /id="reset-login"[^>]+location\.href='([^']+)'/.exec(await again.text())?.[1]?.replaceAll('&amp;', '&') ?? '';
    const form = await jar.follow(new URL(restart, keycloak.url).href);
    expect(await (await submit(jar, form, 'ada')).json()).toMatchObject(ada);
  });

  it('signing out ends the session there too, without a question', async () => {
    const jar = new CookieJar();
    await signIn(jar, 'ada');
    const back = await jar.follow(`${url}/sign-out`, { method: 'POST', headers: { origin: url } });
    expect([back.url, (await me(jar)).status]).toEqual([`${url}/`, 401]);
    const form = await jar.follow(`${url}/sign-in?returnTo=/api/v1/me`);
    expect(new URL(form.url).origin).toBe(keycloak.url);
  });

  it('somebody whom Keycloak signs out is signed out here, in every browser', async () => {
    const jars = [new CookieJar(), new CookieJar()];
    for (const jar of jars) await signIn(jar, 'ada');
    const statuses = () => Promise.all(jars.map(async (jar) => (await me(jar)).status));
    expect(await statuses()).toEqual([200, 200]);
    await keycloak.administer(`/users/${people.ada}/logout`, 'POST');
    await eventually(async () => expect(await statuses()).toEqual([401, 401]));
  });

  async function rotate(nth: number): Promise<void> {
    const realm = (await (await keycloak.administer('')).json()) as { id: string };
    await keycloak.administer('/components', 'POST', {
      name: `key-${nth}`,
      providerId: 'rsa-generated',
      providerType: 'org.keycloak.keys.KeyProvider',
      parentId: realm.id,
      config: { priority: [String(1_000 + nth)], algorithm: ['RS256'] },
    });
  }

  const keyOf = (token: string) =>
    (JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as { kid: string }).kid;

  it('new keys are taken, twice in a row, and old tokens hold', async () => {
    const first = await tokensOfAda('desktop');
    await rotate(1);
    const second = await tokensOfAda('desktop');
    await eventually(async () => expect((await meBy(second.access_token)).status).toBe(200));
    await rotate(2);
    const third = await tokensOfAda('desktop');
    await eventually(async () => expect((await meBy(third.access_token)).status).toBe(200));
    expect(new Set([first, second, third].map(({ access_token: token }) => keyOf(token))).size).toBe(3);
    expect((await meBy(first.access_token)).status).toBe(200);
    expect(await (await signIn(new CookieJar(), 'ada')).json()).toMatchObject(ada);
  });

  it('known keys go on without Keycloak', async () => {
    const { access_token: token } = await tokensOfAda('desktop');
    expect((await meBy(token)).status).toBe(200);
    await keycloak.stop();
    expect((await meBy(token)).status).toBe(200);
  });
});
