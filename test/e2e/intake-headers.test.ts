// Headers that change what a body means (RFC 9110, 9530): held, or refused; never taken for something else.
import { createHash, randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { answerOf, type Answer } from '../support/api-client.js';
import { ownAccountId, sharedLaboratory, type Laboratory } from '../support/provisioned-system.js';

let lab: Laboratory;
beforeAll(async () => {
  lab = await sharedLaboratory([]);
}, 300_000);

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('base64');
const digest = (bytes: Buffer) => `sha-256=:${sha256(bytes)}:`;

/** An account of which nothing is known yet. */
const other = ownAccountId('headers');

let files = 0;
const newFile = () => `${lab.path}/files/headers-${(files += 1)}`;

async function send<T>(
  method: string,
  path: string,
  { bytes, headers }: { readonly bytes: Buffer; readonly headers: Record<string, string> },
): Promise<Answer<T>> {
  const all = { authorization: `Bearer ${lab.host.token}`, 'content-type': 'application/octet-stream', ...headers };
  return answerOf(await fetch(new URL(path, lab.host.baseUrl), { method, headers: all, body: new Uint8Array(bytes) }));
}

const content = Buffer.from('a form that repeats itself, '.repeat(100));

it.each([
  ['small', 1_000],
  ['of several parts', 20 * 1_048_576],
])('decodes a file %s, and knows it again', async (_size, bytes) => {
  const plain = randomBytes(bytes);
  const path = newFile();
  const coded = gzipSync(plain, { level: 1 });
  const headers = { 'content-encoding': 'gzip', 'content-digest': digest(coded), 'repr-digest': digest(coded) };
  for (const _time of ['first', 'again']) {
    const answer = await send<{ sizeBytes: number; sha256: string }>('PUT', path, { bytes: coded, headers });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ sizeBytes: bytes, sha256: Buffer.from(sha256(plain), 'base64').toString('hex') });
  }
  expect((await send('PUT', path, { bytes: plain, headers: {} })).status).toBe(200);
});

it.each<[string, Record<string, string>, number]>([
  ['a part of a file', { 'content-range': 'bytes 0-9/20' }, 400],
  ['a digest of another file', { 'content-digest': digest(Buffer.from('x')) }, 400],
  ['a digest that cannot be read', { 'repr-digest': 'sha-256=abc' }, 400],
  ['another coding', { 'content-encoding': 'gzip' }, 400],
  ['an unknown coding', { 'content-encoding': 'zstd' }, 415],
  ['a form', { 'content-type': 'multipart/form-data; boundary=x' }, 415],
])('refuses %s, and stores nothing', async (_what, headers, status) => {
  const path = newFile();
  const refused = await send<{ status: number }>('PUT', path, { bytes: content, headers });
  expect(refused.status).toBe(status);
  expect(refused.body).toMatchObject({ status });
  // Any other content would be refused if this one had been taken.
  expect((await send('PUT', path, { bytes: Buffer.from('other'), headers: {} })).status).toBe(200);
});

it('refuses a file larger than a part by its digest at the end', async () => {
  const path = newFile();
  const bytes = randomBytes(20 * 1_048_576);
  const headers = { 'content-digest': digest(content) };
  expect((await send('PUT', path, { bytes, headers })).status).toBe(400);
  expect((await send('PUT', path, { bytes: content, headers })).status).toBe(200);
});

it('passes over a digest of an unknown algorithm', async () => {
  const headers = { 'content-digest': 'crc32c=:AAAA:' };
  expect((await send('PUT', newFile(), { bytes: content, headers })).status).toBe(200);
});

describe('documents', () => {
  const line = (documentId: string) => {
    const version = { versionId: 'v', number: '1', state: 'authorised', createdAt: '2026-01-01T00:00:00Z' };
    const document = { documentId, index: 'SOP-1', title: 'T', type: 'SOP', orgUnitIds: ['chem'], versions: [version] };
    return Buffer.from(`${JSON.stringify(document)}\n`);
  };
  const register = (bytes: Buffer, headers: Record<string, string>) =>
    send<{ accepted: number }>('POST', `${lab.path}/documents`, { bytes, headers });
  const deleted = async (documentId: string) =>
    (await lab.host.post<{ deleted: number }>(`${lab.path}/documents/delete`, { documentIds: [documentId] })).body;

  it('are decoded', async () => {
    const coded = gzipSync(line('coded'));
    const answer = await register(coded, { 'content-encoding': 'gzip', 'content-digest': digest(coded) });
    expect([answer.status, answer.body.accepted]).toEqual([200, 1]);
    expect(await deleted('coded')).toEqual({ deleted: 1 });
  });

  it('are not registered when they are not those of the digest', async () => {
    expect((await register(line('wrong'), { 'content-digest': digest(content) })).status).toBe(400);
    expect(await deleted('wrong')).toEqual({ deleted: 0 });
  });
});

it('a directory is decoded, and refused by its digest', async () => {
  const bytes = gzipSync(JSON.stringify({ name: 'H', timeZone: 'UTC' }));
  const path = `/api/v1/provisioning/accounts/${other}/directory`;
  const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
  expect((await send('PUT', path, { bytes, headers: { ...headers, 'repr-digest': digest(content) } })).status).toBe(
    400,
  );
  expect((await send('PUT', path, { bytes, headers })).status).toBe(200);
});

it('a subscription of that account is decoded', async () => {
  const terms = { startsOn: '2020-01-01', endsOn: '2099-12-31', reference: 'H', note: 'sent in gzip' };
  const { baseUrl, token } = lab.sales;
  const address = new URL(`/v1/accounts/${other}/subscription`, baseUrl);
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'content-encoding': 'gzip' };
  const body = new Uint8Array(gzipSync(JSON.stringify(terms)));
  expect((await fetch(address, { method: 'PUT', headers, body })).status).toBe(200);
});
