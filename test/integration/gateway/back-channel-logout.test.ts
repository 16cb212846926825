// An issuer tells the gateway that somebody signed out there.
import { randomUUID } from 'node:crypto';
import type { Payload } from '@account-backups/contracts';
import type { JWTPayload } from 'jose';
import { freePort } from '../../support/free-port.js';
import type { Answers } from '../../support/told-bus.js';
import { startForeignIssuer, type ForeignIssuer } from './foreign-issuer.js';
import { refusal } from './harness.js';
import { startToldGateway } from './told-gateway.js';

const CLIENT_ID = 'gateway';
const LOGOUT = 'logout+jwt';
const events = { 'http://schemas.openid.net/event/backchannel-logout': {} };
const REFUSED = { status: 400, code: 'VALIDATION_FAILED' };
const now = () => Math.floor(Date.now() / 1_000);

let url: string;
let issuer: ForeignIssuer;
let end: () => Promise<void>;
let ended: Payload<'sessions.end-by-issuer'>[] = [];

const answers: Answers = {
  'sessions.end-by-issuer': (logout) => {
    const isNew = !ended.some(({ tokenId }) => tokenId === logout.tokenId);
    if (isNew) ended.push(logout);
    return { isNew };
  },
};

beforeAll(async () => {
  url = `http://localhost:${await freePort()}`;
  const client = { client_id: CLIENT_ID, client_secret: 'secret', redirect_uris: [`${url}/auth/callback`] };
  issuer = await startForeignIssuer({ client, audience: 'account-backups', algorithms: ['ES256', 'RS256'] });
  const settings = { OIDC_ISSUER: issuer.url, OIDC_CLIENT_ID: CLIENT_ID, OIDC_CLIENT_SECRET: 'secret' };
  end = await startToldGateway(url, settings, answers);
});
beforeEach(() => (ended = []));
afterAll(async () => {
  await end?.();
  await issuer?.close();
});

function token(change: JWTPayload = {}, typ = LOGOUT): Promise<string> {
  const claims = { aud: CLIENT_ID, iat: now(), jti: randomUUID(), sub: 'ada', sid: 's', events };
  return issuer.token({ ...claims, ...change }, 'ES256', typ);
}

const post = (body: NonNullable<RequestInit['body']>) =>
  fetch(`${url}/auth/back-channel-logout`, { method: 'POST', body });
const tell = (logoutToken: string) => post(new URLSearchParams({ logout_token: logoutToken }));

it('ends the sessions that the token is about, and says so', async () => {
  const answer = await tell(await token());
  expect([answer.status, await answer.text(), answer.headers.get('cache-control')]).toEqual([200, '', 'no-store']);
  const subject = { issuer: issuer.url, issuerSubject: 'ada', issuerSession: 's' };
  expect(ended).toEqual([expect.objectContaining(subject)]);
});

it('takes no token twice', async () => {
  const same = await token();
  expect((await tell(same)).status).toBe(200);
  expect(await refusal(await tell(same))).toEqual(REFUSED);
  expect(ended.length).toBe(1);
});

it.each<[string, JWTPayload, string]>([
  ['for somebody else', { aud: 'another' }, LOGOUT],
  ['for the API', { aud: 'account-backups' }, LOGOUT],
  ['of another issuer', { iss: 'https://issuer.example' }, LOGOUT],
  ['that was issued long ago', { iat: now() - 3_600 }, LOGOUT],
  ['that does not say when', { iat: undefined }, LOGOUT],
  ['without an id', { jti: undefined }, LOGOUT],
  ['without an event', { events: undefined }, LOGOUT],
  ['with a nonce, as an ID token', { nonce: 'n' }, LOGOUT],
  ['about nobody', { sub: undefined, sid: undefined }, LOGOUT],
  ['of the type of access tokens', {}, 'at+jwt'],
])('refuses one %s, and nothing happens', async (_what, change, typ) => {
  expect(await refusal(await tell(await token(change, typ)))).toEqual(REFUSED);
  expect(ended).toEqual([]);
});

it('refuses one that the issuer did not sign, or none', async () => {
  const [head, claims] = (await token()).split('.');
  const forged = await tell(`${head}.${claims}.AAAA`);
  const none = await tell(`${Buffer.from('{"alg":"none"}').toString('base64url')}.${claims}.`);
  const refused = await Promise.all([forged, none, await post(new URLSearchParams({ other: 'x' }))].map(refusal));
  expect(refused).toEqual([REFUSED, REFUSED, REFUSED]);
  expect(ended).toEqual([]);
});
