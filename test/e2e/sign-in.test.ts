// People sign in at the issuer, programs send tokens; there is no other way in.
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, importJWK, SignJWT, type JWK } from 'jose';
import { CookieJar } from '../support/cookie-jar.js';
import { ownAccountId, sharedLaboratory, type Laboratory } from '../support/provisioned-system.js';

let lab: Laboratory;
let password: string;

beforeAll(async () => {
  lab = await sharedLaboratory([]);
  const secrets = JSON.parse(await readFile(join(lab.system.dataDir, 'secrets.json'), 'utf8')) as {
    demoPassword: string;
  };
  password = secrets.demoPassword;
}, 300_000);

/** Opens the sign-in form and submits it; returns the page where the browser ends up. */
async function signIn(jar: CookieJar, name: string, secret: string): Promise<Response> {
  const form = await jar.follow(`${lab.system.gatewayUrl}/sign-in?returnTo=/api/v1/me`);
  return jar.follow(form.url, { method: 'POST', body: new URLSearchParams({ name, password: secret }) });
}

describe('a person', () => {
  it('signs in with user@account and comes back as themselves', async () => {
    const jar = new CookieJar();
    const shown = await signIn(jar, `sia@${lab.accountId}`, password);
    expect(shown.url).toBe(`${lab.system.gatewayUrl}/api/v1/me`);
    expect(await shown.json()).toMatchObject({ userId: 'sia', account: { accountId: lab.accountId } });
    expect(jar.attributesOf('account_backups_session')).toEqual(expect.arrayContaining(['HttpOnly', 'SameSite=Lax']));
    const page = await jar.follow(`${lab.system.gatewayUrl}/`);
    expect(await page.text()).toContain('Sia Admin');
  });

  it.each([
    ['a wrong password', 'sia', undefined, 'wrong'],
    ['an unknown name', 'nobody', undefined, undefined],
    ['another account', 'sia', 'elsewhere', undefined],
  ])('with %s is told the same', async (_what, userId, accountId, secret) => {
    const name = `${userId}@${accountId ?? lab.accountId}`;
    const shown = await signIn(new CookieJar(), name, secret ?? password);
    expect(await shown.text()).toContain('User name or password is wrong.');
  });

  it('cannot end a sign-in that was begun elsewhere', async () => {
    const answer = await new CookieJar().follow(`${lab.system.gatewayUrl}/auth/callback?code=x&state=y`);
    expect(answer.status).toBe(401);
  });

  it('changes nothing through the page of another site', async () => {
    const jar = new CookieJar();
    await signIn(jar, `sia@${lab.accountId}`, password);
    const post = (headers: Record<string, string>) =>
      jar.follow(`${lab.system.gatewayUrl}/api/v1/backups/estimate`, {
        method: 'POST',
        body: '{}',
        headers: { 'content-type': 'application/json', ...headers },
      });
    const foreign = await post({ origin: 'https://evil.example' });
    expect([foreign.status, await foreign.json()]).toEqual([
      403,
      expect.objectContaining({ code: 'ORIGIN_NOT_ALLOWED' }),
    ]);
    expect((await post({})).status).toBe(403);
    expect((await post({ origin: lab.system.gatewayUrl })).status).toBe(200);
  });
});

interface Change {
  readonly key?: JWK;
  readonly issuer?: string;
  readonly audience?: string;
  readonly expiresAt?: number;
  readonly person?: Readonly<Record<'sub' | 'account_id', string>>;
}

describe('a bearer token', () => {
  const statusWith = async (bearer: string) => {
    const headers = { authorization: `Bearer ${bearer}` };
    return (await fetch(`${lab.system.gatewayUrl}/api/v1/me`, { headers })).status;
  };

  async function ownKey(): Promise<JWK> {
    const text = await readFile(join(lab.system.dataDir, 'issuer', 'keys.json'), 'utf8');
    const [key] = (JSON.parse(text) as { keys: JWK[] }).keys;
    if (!key) throw new Error('the issuer has no key');
    return key;
  }

  async function token(change: Change): Promise<string> {
    const key = change.key ?? (await ownKey());
    const run = JSON.parse(await readFile(join(lab.system.dataDir, 'run.json'), 'utf8')) as { issuerUrl: string };
    const person = { sub: 'sia', account_id: lab.accountId, ...change.person };
    return new SignJWT({ scope: 'backups', ...person })
      .setProtectedHeader({ alg: 'ES256', kid: String(key.kid), typ: 'at+jwt' })
      .setIssuer(change.issuer ?? run.issuerUrl)
      .setAudience(change.audience ?? 'account-backups')
      .setIssuedAt()
      .setExpirationTime(change.expiresAt ?? Math.floor(Date.now() / 1_000) + 60)
      .setJti(randomUUID())
      .sign(await importJWK(key, 'ES256'));
  }

  it('of our issuer is taken', async () => {
    expect(await statusWith(await token({}))).toBe(200);
  });

  it('that has run out, or is for somebody else, or from somebody else, is refused', async () => {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    const foreign = { ...(await exportJWK(privateKey)), kid: (await ownKey()).kid ?? '' };
    const tokens = await Promise.all([
      token({ expiresAt: Math.floor(Date.now() / 1_000) - 60 }),
      token({ audience: 'another' }),
      token({ issuer: 'http://issuer.example' }),
      token({ key: foreign }),
    ]);
    expect(await Promise.all(tokens.map(statusWith))).toEqual([401, 401, 401, 401]);
  });

  it('means whom the directory calls by its subject, in any characters, else by its id', async () => {
    const accountId = ownAccountId('subjects');
    const directory = (subject: string) => ({
      name: 'Subjects',
      timeZone: 'Europe/London',
      users: [
        { userId: 'ada', name: 'Ada', subject: 'auth0|1 é' },
        { userId: 'leo', name: 'Leo', subject },
        { userId: 'mia', name: 'Mia' },
      ],
    });
    const put = async (subject: string) =>
      (await lab.host.put(`/api/v1/provisioning/accounts/${accountId}/directory`, directory(subject))).status;
    const meant = async (sub: string) => {
      const headers = { authorization: `Bearer ${await token({ person: { sub, account_id: accountId } })}` };
      const answer = await fetch(`${lab.system.gatewayUrl}/api/v1/me`, { headers });
      return ((await answer.json()) as { userId?: string; code?: string }).userId ?? answer.status;
    };
    expect([await put('auth0|1 é'), await put('mia'), await put('x'.repeat(256))]).toEqual([400, 400, 400]);
    expect(await put('ada')).toBe(200);
    expect([await meant('auth0|1 é'), await meant('ada'), await meant('mia'), await meant('auth0|2')]).toEqual([
      'ada',
      'leo',
      'mia',
      401,
    ]);
  });

  it('without a signature is refused', async () => {
    const [, claims] = (await token({})).split('.');
    const header = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
    expect(await statusWith(`${header}.${claims}.`)).toBe(401);
  });
});
