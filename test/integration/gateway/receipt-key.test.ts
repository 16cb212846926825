// The holder of a receipt fetches the key over plain HTTP and checks the signature with openssl alone.
import { execFile } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openEntrance, type Entrance } from './harness.js';

const run = promisify(execFile);
const { privateKey } = generateKeyPairSync('ed25519');
const RECEIPT_KEYS = `a:${privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64')}`;
const statement = '{"of":"Zürich 👩🏽‍🔬"}';

let entrance: Entrance;
let folder: string;
let answer: Response;
let published: Record<string, string>;

beforeAll(async () => {
  entrance = await openEntrance({ RECEIPT_KEYS });
  folder = await mkdtemp(join(tmpdir(), 'receipt-key-'));
  answer = await fetch(`${entrance.url}/api/v1/receipt-key`);
  published = (await answer.json()) as Record<string, string>;
  await writeFile(join(folder, 'key.pem'), published['publicKey'] ?? '');
  await writeFile(join(folder, 'signature'), sign(null, Buffer.from(statement), privateKey));
}, 60_000);

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await entrance?.close();
}, 30_000);

async function opensslSays(text: string): Promise<string> {
  await writeFile(join(folder, 'text'), text);
  const args = ['pkeyutl', '-verify', '-pubin', '-inkey', 'key.pem', '-rawin', '-in', 'text', '-sigfile', 'signature'];
  const { stdout } = await run('openssl', args, { cwd: folder }).catch((error: { stdout: string }) => error);
  return stdout.trim();
}

describe('the key of receipts', () => {
  it('is given to anyone, and may be kept for a while', () => {
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('is all that openssl needs', async () => {
    expect(await opensslSays(statement)).toBe('Signature Verified Successfully');
    expect(await opensslSays(`${statement} `)).toBe('Signature Verification Failure');
  });

  it('has the id that openssl makes of it', async () => {
    const script = 'openssl pkey -pubin -in key.pem -outform DER | sha256sum';
    const { stdout } = await run('sh', ['-ec', script], { cwd: folder });
    expect(stdout.split(' ')[0]).toBe(published['keyId']);
  });

  it('comes with nothing else, least of all with its private half', () => {
    expect(Object.keys(published).toSorted()).toEqual(['algorithm', 'keyId', 'publicKey']);
    expect(published['publicKey']).toMatch(/^-----BEGIN PUBLIC KEY-----\n[A-Za-z0-9+/=\n]+-----END PUBLIC KEY-----\n$/);
    const secret = Buffer.from(privateKey.export({ format: 'jwk' }).d ?? '', 'base64url');
    const shown = Buffer.from(published['publicKey']?.replace(/-.*-|\n/g, '') ?? '', 'base64');
    expect(shown.includes(secret)).toBe(false);
  });
});
