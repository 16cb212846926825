// Bearer tokens at the gateway: which it accepts, and how it refuses the others.
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, importJWK, SignJWT, type JWK, type JWTPayload } from 'jose';
import { loadOrCreateSigningKeys } from '@account-backups/local-issuer/signing-keys.js';
import { freePort } from '../../support/free-port.js';
import { openEntrance, refusal, type Entrance } from './harness.js';

const UNAUTHENTICATED = { status: 401, code: 'UNAUTHENTICATED' };
const SCOPE_MISSING = { status: 403, code: 'SCOPE_MISSING' };
const now = () => Math.floor(Date.now() / 1_000);

let entrance: Entrance;
let key: JWK;
beforeAll(async () => {
  entrance = await openEntrance();
  const { jwks } = await loadOrCreateSigningKeys(entrance.issuer.dataDir);
  key = jwks.keys[0] ?? {};
});
afterAll(() => entrance?.close());

function claims(change: JWTPayload = {}): JWTPayload {
  const usual = { sub: 'ada', account_id: 'northfield', scope: 'backups', aud: 'account-backups' };
  return { ...usual, iss: entrance.issuer.url, iat: now(), exp: now() + 60, ...change };
}

interface Signing {
  readonly by?: JWK;
  readonly kid?: string;
  readonly typ?: string | undefined;
}

async function signed(payload: JWTPayload, { by = key, kid = key.kid, ...type }: Signing = {}) {
  return new SignJWT(payload)
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', ...(kid !== undefined && { kid }), ...type })
    .sign(await importJWK(by, 'ES256'));
}

async function foreignKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  return exportJWK(privateKey);
}

function me(authorization: string): Promise<Response> {
  return fetch(`${entrance.url}/api/v1/me`, { headers: { authorization } });
}

function unsigned(header: object, payload: JWTPayload): string {
  return [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
}

describe('the token of a person', () => {
  it('is taken', async () => {
    const answer = await me(`Bearer ${await signed(claims())}`);
    expect(await answer.json()).toMatchObject({ userId: 'ada', account: { accountId: 'northfield' } });
  });

  it('needs no origin for a change, because no browser sends it by itself', async () => {
    const answer = await fetch(`${entrance.url}/api/v1/backups/estimate`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await signed(claims())}` },
    });
    expect(answer.status).toBe(200);
  });

  it.each<[string, JWTPayload]>([
    ['has run out', { exp: 1_700_000_000 }],
    ['never runs out', { exp: undefined }],
    ['is not valid yet', { nbf: 4_000_000_000 }],
    ['comes from another issuer', { iss: 'https://issuer.example' }],
    ['is for another audience', { aud: 'another' }],
    ['is an ID token of the gateway', { aud: 'gateway', nonce: 'n' }],
    ['names nobody', { sub: undefined }],
    ['names somebody with no id', { sub: 'a b' }],
    ['names an account with no id', { account_id: '../northfield' }],
    ['names an unknown person', { sub: 'eve' }],
    ['names a person of another account', { account_id: 'harbour' }],
  ])('that %s is refused', async (_what, change) => {
    const answer = await me(`Bearer ${await signed(claims(change))}`);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expect(await refusal(answer)).toEqual(UNAUTHENTICATED);
  });

  it.each(['application/at+jwt', 'AT+JWT'])('may be of type %s', async (typ) => {
    expect((await me(`Bearer ${await signed(claims(), { typ })}`)).status).toBe(200);
  });

  it.each([
    ['of type JWT', 'JWT', {}],
    ['of type logout+jwt', 'logout+jwt', {}],
    ['of no type', undefined, {}],
    ['of the right type and with what ID tokens have', 'at+jwt', { nonce: 'n' }],
    ['of the right type and with what logout tokens have', 'at+jwt', { events: {} }],
  ])('that is %s is refused', async (_what, typ, change) => {
    expect(await refusal(await me(`Bearer ${await signed(claims(change), { typ })}`))).toEqual(UNAUTHENTICATED);
  });

  it('is refused from its end on, without tolerance', async () => {
    expect(await refusal(await me(`Bearer ${await signed(claims({ exp: now() }))}`))).toEqual(UNAUTHENTICATED);
  });

  it.each<[string, JWTPayload]>([
    ['has no scope', { scope: undefined }],
    ['has another scope', { scope: 'provisioning subscriptions' }],
    ['has a scope that only begins alike', { scope: 'backups:read' }],
    ['names no account, as that of a program', { account_id: undefined }],
  ])('that %s lacks a scope', async (_what, change) => {
    expect(await refusal(await me(`Bearer ${await signed(claims(change))}`))).toEqual(SCOPE_MISSING);
  });

  it('with a scope of programs still does not open their calls', async () => {
    const token = await signed(claims({ scope: 'backups provisioning' }));
    const answer = await fetch(`${entrance.url}/api/v1/provisioning/accounts/northfield/documents/delete`, {
      method: 'POST',
      body: JSON.stringify({ documentIds: ['d1'] }),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    });
    expect(await refusal(answer)).toEqual(SCOPE_MISSING);
  });
});

describe('a signature', () => {
  it('of a key that the issuer does not have is refused, under its name or another', async () => {
    const by = await foreignKey();
    const answers = [await signed(claims(), { by }), await signed(claims(), { by, kid: 'unknown' })];
    const refusals = answers.map(async (token) => refusal(await me(`Bearer ${token}`)));
    expect(await Promise.all(refusals)).toEqual([UNAUTHENTICATED, UNAUTHENTICATED]);
  });

  it('that is none is refused', async () => {
    const token = `${unsigned({ alg: 'none', typ: 'at+jwt' }, claims())}.`;
    expect(await refusal(await me(`Bearer ${token}`))).toEqual(UNAUTHENTICATED);
  });

  it('made of the public key as if it were a shared secret is refused', async () => {
    const { d: _private, ...publicKey } = key;
    const content = unsigned({ alg: 'HS256', kid: key.kid }, claims());
    const mark = createHmac('sha256', JSON.stringify(publicKey)).update(content).digest('base64url');
    expect(await refusal(await me(`Bearer ${content}.${mark}`))).toEqual(UNAUTHENTICATED);
  });

  it('does not stand for other claims', async () => {
    const [head, , mark] = (await signed(claims())).split('.');
    const forged = unsigned({}, claims({ sub: 'root' })).split('.')[1];
    expect(await refusal(await me(`Bearer ${head}.${forged}.${mark}`))).toEqual(UNAUTHENTICATED);
  });

  it('of a key in the token itself is refused', async () => {
    const by = await foreignKey();
    const { d: _private, ...jwk } = by;
    const token = await new SignJWT(claims())
      .setProtectedHeader({ alg: 'ES256', jwk: jwk as never })
      .sign(await importJWK(by, 'ES256'));
    expect(await refusal(await me(`Bearer ${token}`))).toEqual(UNAUTHENTICATED);
  });
});

describe('a header', () => {
  it.each(['Bearer', 'Bearer ', 'Basic YTpi', 'Bearer a.b', 'Bearer a b', 'Token x', ''])(
    'that is no bearer token is refused: %j',
    async (authorization) => {
      expect(await refusal(await me(authorization))).toEqual(UNAUTHENTICATED);
    },
  );
});

describe('while the issuer is away', () => {
  it('a token can be neither taken nor refused, and nobody can sign in', async () => {
    const lonely = await openEntrance({ OIDC_ISSUER: `http://localhost:${await freePort()}` });
    const authorization = `Bearer ${await signed(claims())}`;
    const answers = [
      await fetch(`${lonely.url}/api/v1/me`, { headers: { authorization } }),
      await fetch(`${lonely.url}/sign-in`, { redirect: 'manual' }),
    ];
    expect(answers.map(({ headers }) => headers.get('retry-after'))).toEqual(['5', '5']);
    const unavailable = { status: 503, code: 'UNAVAILABLE' };
    expect(await Promise.all(answers.map(refusal))).toEqual([unavailable, unavailable]);
    await lonely.close();
  });

  it('a token is not refused because of keys that do not come', async () => {
    const issuer = createServer((request, response) => {
      if (request.url?.startsWith('/.well-known'))
        response.end(JSON.stringify({ issuer: url, jwks_uri: `${url}/keys` }));
      else response.writeHead(502).end();
    });
    const port = await freePort();
    const url = `http://localhost:${port}`;
    await once(issuer.listen(port), 'listening');
    const lonely = await openEntrance({ OIDC_ISSUER: url });
    const authorization = `Bearer ${await signed(claims({ iss: url }))}`;
    const answer = await fetch(`${lonely.url}/api/v1/me`, { headers: { authorization } });
    expect(await refusal(answer)).toEqual({ status: 503, code: 'UNAVAILABLE' });
    await lonely.close();
    issuer.close();
  });
});
