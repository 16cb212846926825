// The local issuer as people and the gateway see it.
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { startIssuer, type RunningIssuer } from './harness.js';
import { startNeighbours, type Neighbours } from './neighbours.js';
import { begin, startLanding, type Landing } from './visitor.js';

const WRONG = 'User name or password is wrong.';

let neighbours: Neighbours;
let landing: Landing;
let issuer: RunningIssuer;

beforeAll(async () => {
  [neighbours, landing] = await Promise.all([startNeighbours(), startLanding()]);
  neighbours.active.set('ada@northfield', { name: 'Ada Lovelace' });
  neighbours.active.set('ada@harbour', { name: 'Ada <Byron>' });
  issuer = await startIssuer({ rabbitmqUrl: neighbours.url, publicUrl: landing.url });
});
afterAll(async () => {
  await issuer?.stop();
  await Promise.all([landing?.close(), neighbours?.close()]);
});

describe('signing in', () => {
  it('names the user, the account and the name in the ID token', async () => {
    const { submit, exchange } = await begin(issuer, landing);
    const landed = await submit('ada@northfield', issuer.password);
    expect(landed.url.startsWith(`${landing.url}/auth/callback?code=`)).toBe(true);
    const claims = await exchange(landed.url);
    expect(claims).toMatchObject({ iss: issuer.url, sub: 'ada', account_id: 'northfield', name: 'Ada Lovelace' });
  });

  it('keeps users of one id in two accounts apart', async () => {
    const { submit, exchange } = await begin(issuer, landing);
    const landed = await submit(' ada@harbour ', issuer.password);
    expect(await exchange(landed.url)).toMatchObject({ sub: 'ada', account_id: 'harbour', name: 'Ada <Byron>' });
  });

  it('asks again the next time, whoever comes in the same browser', async () => {
    const first = await begin(issuer, landing);
    await first.submit('ada@northfield', issuer.password);
    const second = await begin(issuer, landing, first.jar);
    expect(await second.form.text()).toContain('<form method="post"');
    const landed = await second.submit('ada@harbour', issuer.password);
    expect(await second.exchange(landed.url)).toMatchObject({ account_id: 'harbour' });
  });

  it.each([
    ['a wrong password', 'ada@northfield', 'wrong'],
    ['an empty password', 'ada@northfield', ''],
    ['an unknown user', 'eve@northfield', undefined],
    ['an unknown account', 'ada@elsewhere', undefined],
    ['no account', 'ada', undefined],
    ['two accounts', 'ada@northfield@harbour', undefined],
    ['a name that is no id', '<b>@northfield', undefined],
  ])('with %s is refused in the same words', async (_what, name, password) => {
    const { submit } = await begin(issuer, landing);
    const shown = await submit(name, password ?? issuer.password);
    expect(shown.url.startsWith(issuer.url)).toBe(true);
    expect(await shown.text()).toContain(WRONG);
  });

  it('ends for a person who becomes inactive', async () => {
    neighbours.active.set('leo@harbour', { name: 'Leo' });
    const { submit } = await begin(issuer, landing);
    neighbours.active.delete('leo@harbour');
    expect(await (await submit('leo@harbour', issuer.password)).text()).toContain(WRONG);
  });

  it('shows what was typed as text', async () => {
    const { submit } = await begin(issuer, landing);
    const shown = await (await submit('"><script>alert(1)</script>', 'x')).text();
    expect(shown).not.toContain('<script>');
    expect(shown).toContain('value="&quot;&gt;&lt;script&gt;');
  });

  it('stops taking tries of one name after ten failures, however it is spelt and even at once', async () => {
    neighbours.active.set('mia@harbour', { name: 'Mia' });
    const { submit } = await begin(issuer, landing);
    const names = Array.from({ length: 12 }, (_, number) => `${' '.repeat(number)}mia@harbour`);
    const shown = await Promise.all(names.map(async (name) => (await submit(name, 'guess')).text()));
    expect(shown.filter((page) => page.includes(WRONG))).toHaveLength(10);
    expect(await (await submit('mia@harbour', issuer.password)).text()).toContain('Too many tries.');
  });

  it('answers a form that is far too long', async () => {
    const { submit } = await begin(issuer, landing);
    expect((await submit('a'.repeat(1_000_000), 'x')).status).toBe(413);
  });
});

describe('a code', () => {
  it('is good for one exchange', async () => {
    const { submit, exchange } = await begin(issuer, landing);
    const landed = await submit('ada@northfield', issuer.password);
    await exchange(landed.url);
    await expect(exchange(landed.url)).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  it('is worth nothing without its verifier', async () => {
    const { submit, exchange } = await begin(issuer, landing);
    const landed = await submit('ada@northfield', issuer.password);
    await expect(exchange(landed.url, 'v'.repeat(43))).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  const pkce = { code_challenge: 'x'.repeat(43), code_challenge_method: 'S256' };

  /** Where the issuer leads a browser that asks for a code so. */
  async function askedWith(change: Readonly<Record<string, string>>): Promise<string> {
    const redirect_uri = `${landing.url}/auth/callback`;
    const query = { client_id: issuer.clientId, response_type: 'code', scope: 'openid', redirect_uri, ...change };
    const address = `${issuer.url}/auth?${new URLSearchParams(query).toString()}`;
    const answer = await fetch(address, { redirect: 'manual', headers: { accept: 'text/html' } });
    return `${answer.status} ${answer.headers.get('location') ?? ''}`;
  }

  it.each<[string, Readonly<Record<string, string>>]>([
    ['without PKCE', {}],
    ['to another address', { ...pkce, redirect_uri: 'https://evil.example/' }],
    ['to another client', { ...pkce, client_id: 'nobody' }],
  ])('is not given %s', async (_what, change) => {
    expect(await askedWith(pkce)).toMatch(/^303 .*\/interaction\//);
    expect(await askedWith(change)).not.toMatch(/\/interaction\/|code=/);
  });
});

describe('the pages', () => {
  it('load nothing, run nothing, and send their form nowhere else', async () => {
    const { form } = await begin(issuer, landing);
    const policy = form.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`form-action 'self' ${landing.url}`);
    expect(await form.text()).not.toMatch(/<script|https?:\/\/|@import/);
  });

  it('say in plain words that a sign-in has ended', async () => {
    const answer = await fetch(`${issuer.url}/interaction/gone`, { headers: { accept: 'text/html' } });
    expect(answer.status).toBe(400);
    const page = await answer.text();
    expect(page).toContain(`href="${landing.url}/"`);
    expect(page).not.toContain('<form');
  });

  it('of faults load nothing either', async () => {
    const answer = await fetch(`${issuer.url}/auth?client_id=nobody`, { headers: { accept: 'text/html' } });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await answer.text()).not.toMatch(/@import|googleapis/);
  });
});

describe('the issuer', () => {
  it('publishes the public half of its keys, and keeps the file to its owner', async () => {
    const discovered = (await (await fetch(`${issuer.url}/.well-known/openid-configuration`)).json()) as {
      issuer: string;
      jwks_uri: string;
    };
    expect(discovered.issuer).toBe(issuer.url);
    const published = (await (await fetch(discovered.jwks_uri)).json()) as { keys: { kid: string; d?: string }[] };
    const file = join(issuer.dataDir, 'issuer', 'keys.json');
    const kept = JSON.parse(await readFile(file, 'utf8')) as { keys: { kid: string }[] };
    expect(published.keys.map(({ kid, d }) => [kid, d])).toEqual(kept.keys.map(({ kid }) => [kid, undefined]));
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('prints nothing but events, one JSON object a line, without a password', () => {
    const lines = issuer.output().trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { service: string }).service)).toEqual(
      lines.map(() => 'local-issuer'),
    );
    expect(issuer.output()).not.toContain(issuer.password);
  });
});
