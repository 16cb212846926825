// What the gateway shows: the page, the description of its API, and nothing else.
import { z } from 'zod';
import { CookieJar } from '../../support/cookie-jar.js';
import { openEntrance, refusal, type Entrance } from './harness.js';

interface Described {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

interface Operation {
  readonly responses: {
    readonly '200': { readonly content: { readonly 'application/json': { readonly schema: object } } };
  };
}

let entrance: Entrance;
beforeAll(async () => {
  entrance = await openEntrance();
}, 60_000);
afterAll(() => entrance?.close(), 30_000);

describe('the page', () => {
  it.each(['/', '/request', '/help', '/backups/0190a1b2-0000-7000-8000-000000000000/history'])(
    'is there for whoever is not signed in, and knows nothing: %s',
    async (path) => {
      const shown = await fetch(`${entrance.url}${path}`);
      expect(shown.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(shown.headers.get('cache-control')).toBe('no-store');
      expect(await shown.text()).toContain('id="boot">{"signedIn":false}</script>');
    },
  );

  it('knows who is signed in, as data that no name can leave', async () => {
    const shown = await entrance.signIn(new CookieJar(), 'ada@northfield', '/');
    const page = await shown.text();
    expect(page).toContain('Ada \\u003cLovelace>');
    expect(page).toContain('Account northfield');
  });

  it('runs scripts of its own files only', async () => {
    const shown = await fetch(entrance.url);
    expect(shown.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self';");
    const scripts = [...(await shown.text()).matchAll(/<script[^>]*>/g)].map(([tag]) => tag);
    expect(scripts).toHaveLength(2);
    for (const tag of scripts) expect(tag).toMatch(/type="application\/json"|src="\/assets\/[\w-]+\.js"/);
  });

  it('gives host systems of any origin the element that shows it, under a name that stays', async () => {
    const shown = await fetch(`${entrance.url}/embed.js`);
    expect(shown.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(shown.headers.get('cache-control')).toBe('public, max-age=3600');
    expect(shown.headers.get('access-control-allow-origin')).toBe('*');
    const script = await shown.text();
    expect(script).toContain('account-backups');
    expect(script).not.toMatch(/\bimport\s*["'{*]|\bimport\(/);
  });

  it('gives only files that were built', async () => {
    expect(await refusal(await fetch(`${entrance.url}/assets/other.js`))).toEqual({ status: 404, code: 'NOT_FOUND' });
    expect(await refusal(await fetch(`${entrance.url}/assets/..%2Findex.html`))).toEqual({
      status: 404,
      code: 'NOT_FOUND',
    });
  });
});

describe('the description of the API', () => {
  const describedCalls = async () => {
    const { paths } = (await (await fetch(`${entrance.url}/api/v1/openapi.json`)).json()) as Described;
    return Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path })),
    );
  };

  it('names calls that are all there, and none is open but those that say so', async () => {
    const calls = await describedCalls();
    const statuses = calls.map(async ({ method, path }) => {
      const address = `${entrance.url}${path.replace(/\{\w+\}/g, '0190a1b2-0000-7000-8000-000000000000')}`;
      return `${method} ${path} ${(await fetch(address, { method })).status}`;
    });
    const open = (await Promise.all(statuses)).filter((each) => !each.endsWith(' 401'));
    expect(open).toEqual(['GET /api/v1/receipt-key 200', 'GET /api/v1/receipt-keys 200']);
    expect(calls.length).toBeGreaterThan(10);
  });

  it.each([
    ['get', '/api/v1/me'],
    ['get', '/api/v1/backups'],
    ['post', '/api/v1/backups/estimate'],
  ] as const)('says what %s %s answers', async (method, path) => {
    const { paths } = (await (await fetch(`${entrance.url}/api/v1/openapi.json`)).json()) as Described;
    const operation = paths[path]?.[method] as Operation;
    const jar = new CookieJar();
    await entrance.signIn(jar, 'ada@northfield');
    const headers = { 'content-type': 'application/json', origin: entrance.url };
    const post = { method: 'POST', body: '{}', headers };
    const answer = await jar.follow(`${entrance.url}${path}`, method === 'post' ? post : {});
    const { schema } = operation.responses['200'].content['application/json'];
    const strict = z.fromJSONSchema({ ...schema, additionalProperties: false });
    expect(strict.safeParse(await answer.json()).error).toBeUndefined();
  });

  it('resolves within itself', async () => {
    const text = await (await fetch(`${entrance.url}/api/v1/openapi.json`)).text();
    const document = JSON.parse(text) as Described;
    expect(document.openapi).toBe('3.1.0');
    const references = [...text.matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = '']) => path.split('/'));
    const found = references.map((steps) =>
      steps.reduce<unknown>((place, step) => (place as Record<string, unknown> | undefined)?.[step], document),
    );
    expect(found.length).toBeGreaterThan(10);
    expect(found).not.toContain(undefined);
    expect(text).not.toContain('undefined');
  });
});

describe('every page', () => {
  it('of the description runs no script and loads nothing', async () => {
    const shown = await fetch(`${entrance.url}/docs`);
    expect(shown.status).toBe(200);
    const policy = shown.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'none';.* base-uri 'none'; object-src 'none';/);
    expect(shown.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await shown.text()).not.toMatch(/<script|<link|@import|src=|\son\w+=/);
  });

  it.each([
    '/nothing',
    '/api/v1/nothing',
    '/docs/nothing',
    '/api/v2/me',
    '/.env',
    '/.git/config',
    '/metrics',
    '/health/ready',
  ])('that is not there is a problem document: %s', async (path) => {
    expect(await refusal(await fetch(`${entrance.url}${path}`))).toEqual({ status: 404, code: 'NOT_FOUND' });
  });

  it('says nothing of what it runs on', async () => {
    const { headers } = await fetch(entrance.url);
    expect([headers.get('server'), headers.get('x-powered-by')]).toEqual([null, null]);
  });
});
