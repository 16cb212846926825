// The API, made from its own description and then bent: no answer is a fault of ours, and no process ends.
import { findByArgument } from '@account-backups/local-stack/system/process-table.js';
import fc from 'fast-check';
import { startProvisioned, type ProvisionedSystem } from '../../support/provisioned-system.js';
import { bent, hostileText, wellFormed, type JsonSchema } from './values.js';

const CASES = Number(process.env['FUZZ_CASES'] ?? 300);
const SEED = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31);
const AT_ONCE = 8;

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly schema: JsonSchema;
}
interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>> };
  readonly security?: readonly object[];
}
interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas?: Readonly<Record<string, JsonSchema>> };
}
interface Call {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array<ArrayBuffer>;
}

let own: ProvisionedSystem;
const settings = { RATE_LIMIT_PER_MINUTE: '10000000', ACCOUNT_QUOTA_MIB: '64', FILE_SIZE_LIMIT_MIB: '1' };

beforeAll(async () => {
  own = await startProvisioned('filesystem', [], settings);
}, 300_000);
afterAll(() => own.system.stop());

const processes = () => findByArgument('node', `--data-of=${own.system.dataDir}`).toSorted((a, b) => a - b);

it.each(['gateway', 'subscriptions'] as const)(
  `answers ${CASES} calls made from the description of the %s without a fault (seed ${SEED})`,
  async (service) => {
    const before = processes();
    const url = service === 'gateway' ? own.system.gatewayUrl : own.system.subscriptionsUrl;
    const calls = fc.sample(callOf(await descriptionOf(service, url), await bearers()), { numRuns: CASES, seed: SEED });
    const faults: unknown[] = [];
    const waiting = calls.values();
    const work = async () => {
      for (const call of waiting) faults.push(...(await faultsOf(url, call)));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    expect(faults).toEqual([]);
    expect(processes()).toEqual(before);
    expect((await own.admin.get('/api/v1/me')).status).toBe(200);
  },
  3_600_000,
);

async function descriptionOf(service: string, url: string): Promise<Description> {
  const path = service === 'gateway' ? '/api/v1/openapi.json' : '/v1/openapi.json';
  const answer = await fetch(new URL(path, url));
  expect(answer.status).toBe(200);
  return (await answer.json()) as Description;
}

async function bearers(): Promise<readonly string[]> {
  const { system, admin, host, sales } = own;
  const stranger = await system.token({ accountId: 'nobody', userId: 'none' });
  const ordinary = await own.person('max');
  return [admin.token, ordinary.token, host.token, sales.token, stranger, 'x.y.z', ''];
}

function callOf({ paths, components }: Description, tokens: readonly string[]): fc.Arbitrary<Call> {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const definitions = components.schemas ?? {};
  return fc.constantFrom(...operations).chain(({ path, method, operation }) => {
    const { parameters = [], requestBody } = operation;
    const named = (where: Parameter['in']) => parameters.filter((parameter) => parameter.in === where);
    const [type, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
    const lines = type === 'application/x-ndjson';
    return fc
      .record({
        ids: fc.array(id, { minLength: named('path').length, maxLength: named('path').length }),
        query: fc.tuple(...named('query').map(({ name, schema }) => fc.tuple(fc.constant(name), textOf(schema)))),
        dropQuery: fc.boolean(),
        extra: headersOf(named('header').map(({ name }) => name)),
        bearer: fc.constantFrom(...tokens),
        body: content === undefined ? fc.constant(undefined) : bodyOf(bent(content.schema, definitions), lines),
      })
      .map(({ ids, query, dropQuery, extra, bearer, body }) => ({
        method,
        path: pathOf(path, ids) + (dropQuery ? '' : queryOf(query)),
        headers: {
          ...(bearer !== '' && { authorization: `Bearer ${bearer}` }),
          ...(body && { 'content-type': type ?? '' }),
          ...extra,
        },
        ...(body && { body }),
      }));
  });
}

const id = fc.oneof(
  fc.constantFrom('fuzz-1', 'fuzz-2', 'lab', 'doc-1', 'file-1', 'chem'),
  fc.uuid({ version: 4 }),
  hostileText.map((text) => text.slice(0, 3_000)),
);

function textOf(schema: JsonSchema): fc.Arbitrary<string> {
  return fc.oneof(
    wellFormed(schema).map(String),
    hostileText.map((text) => text.slice(0, 2_000)),
  );
}

const headersOf = (names: readonly string[]): fc.Arbitrary<Record<string, string>> =>
  fc.dictionary(
    fc.constantFrom(
      'accept',
      'range',
      'if-match',
      'if-range',
      'origin',
      'cookie',
      'content-type',
      'expect-x',
      ...names,
    ),
    fc.oneof(
      fc.constantFrom(
        '*',
        'bytes=0-',
        'bytes=-1',
        `bytes=${'9'.repeat(400)}-`,
        'text/plain',
        'null',
        ',;=',
        '"',
        'a=b; a=c',
      ),
      fc.string({ maxLength: 20 }),
    ),
    { maxKeys: 2 },
  );

/** JSON, or lines of it, sometimes cut or broken as bytes. */
function bodyOf(value: fc.Arbitrary<unknown>, lines: boolean): fc.Arbitrary<Uint8Array<ArrayBuffer>> {
  const texts = lines
    ? fc.array(value.map(asText), { maxLength: 4 }).map((all) => all.join('\n'))
    : value.map((one) => asText(one));
  const damage = fc.oneof(
    { weight: 9, arbitrary: fc.constant('none') },
    { weight: 1, arbitrary: fc.constantFrom('cut', 'bytes', 'mark') },
  );
  return fc.tuple(texts, damage).map(([text, how]) => damaged(Buffer.from(text), how));
}

function asText(value: unknown): string {
  return JSON.stringify(value) ?? 'undefined';
}

function damaged(bytes: Buffer<ArrayBuffer>, how: string): Uint8Array<ArrayBuffer> {
  if (how === 'cut') return new Uint8Array(bytes.subarray(0, bytes.length >> 1));
  if (how === 'bytes') return new Uint8Array(Buffer.concat([bytes, Buffer.from([0xff, 0xfe, 0x80])]));
  if (how === 'mark') return new Uint8Array(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]));
  return new Uint8Array(bytes);
}

function pathOf(path: string, ids: readonly string[]): string {
  let nth = 0;
  return path.replaceAll(/\{\w+\}/g, () => encoded(ids[nth++] ?? ''));
}

function queryOf(pairs: readonly (readonly [string, string])[]): string {
  return pairs.length === 0 ? '' : `?${pairs.map(([name, value]) => `${name}=${encoded(value)}`).join('&')}`;
}

/** A lone surrogate cannot be encoded: it goes as the bytes that some programs make of it. */
function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll('.', '%2E');
}

/** What is wrong with the answer to a call. */
async function faultsOf(url: string, call: Call): Promise<readonly unknown[]> {
  const { method, path, headers, body } = call;
  let request: Request;
  try {
    request = new Request(new URL(path, url), { method, headers, redirect: 'manual', ...(body && { body }) });
  } catch {
    // A header that no client can send.
    return [];
  }
  const leave = new AbortController();
  try {
    const answer = await fetch(request, { signal: AbortSignal.any([leave.signal, AbortSignal.timeout(60_000)]) });
    if (answer.ok || answer.status < 400) return [];
    const said = (await answer.json().catch(() => ({}))) as { code?: unknown };
    // An answer to HEAD has no body.
    if (answer.status < 500 && (typeof said.code === 'string' || method === 'HEAD')) return [];
    return [{ call: shown(call), status: answer.status, said }];
  } catch (error) {
    return [{ call: shown(call), error: String(error), cause: String((error as Error).cause) }];
  } finally {
    leave.abort();
  }
}

function shown({ body, ...call }: Call): unknown {
  return { ...call, path: call.path.slice(0, 300), body: body && Buffer.from(body).toString('utf8').slice(0, 2_000) };
}
