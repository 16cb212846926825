import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { statementOf } from '../testing/receipts.js';
import { readReceipt } from './receipt.js';

const stated = statementOf({ sizeBytes: 9, sha256: 'ab'.repeat(32) });

const keys = generateKeyPairSync('ed25519');
const others = generateKeyPairSync('ed25519');
const idOf = (key: KeyObject) =>
  createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex');
const pemOf = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString();

function signed(text = JSON.stringify(stated), { privateKey, publicKey } = keys) {
  const signature = sign(null, Buffer.from(text), privateKey).toString('base64');
  return { receipt: text, algorithm: 'Ed25519', signature, keyId: idOf(publicKey), publicKey: pemOf(publicKey) };
}

describe('readReceipt', () => {
  let folder = '';
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'receipt-'))));
  afterAll(() => rmSync(folder, { recursive: true }));

  function file(content: unknown, name = 'receipt.json'): string {
    const path = join(folder, name);
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  }

  it('reads what was signed', async () => {
    const { receipt, keyId, keyVouchedBy } = await readReceipt(file(signed()), {});
    expect(receipt).toEqual(stated);
    expect([keyId, keyVouchedBy]).toEqual([idOf(keys.publicKey), null]);
  });

  it('trusts a key that is named by its id or its file', async () => {
    const path = file(signed());
    const pem = file(pemOf(keys.publicKey), 'key.pem');
    for (const trustedKey of [idOf(keys.publicKey), pem]) {
      expect((await readReceipt(path, { trustedKey })).keyVouchedBy).toBe('receipt-key');
    }
  });

  it('asks a file of known keys: none yet, this one, another one', async () => {
    const path = file(signed());
    const knownKeys = join(folder, 'known-keys');
    expect(await readReceipt(path, { knownKeys })).toMatchObject({ keyVouchedBy: null, mayBeFirst: true });
    file(`${idOf(keys.publicKey)}\n`, 'known-keys');
    expect(await readReceipt(path, { knownKeys })).toMatchObject({ keyVouchedBy: 'known-keys', mayBeFirst: false });
    file(`${idOf(others.publicKey)}\n`, 'known-keys');
    await expect(readReceipt(path, { knownKeys })).rejects.toThrow(`not by one that ${knownKeys} knows`);
  });

  it.each([
    ['another text', { ...signed(), receipt: JSON.stringify({ ...stated, issuedAt: '2026-03-02T08:15:00.001Z' }) }],
    ['another signature', { ...signed(), signature: signed('x').signature }],
    ['another key', { ...signed(), publicKey: pemOf(others.publicKey) }],
    ["another key's id", { ...signed(), keyId: idOf(others.publicKey) }],
    ['no key', { ...signed(), publicKey: 'none' }],
  ])('refuses %s', async (_what, content) => {
    await expect(readReceipt(file(content), {})).rejects.toMatchObject({ code: 'RECEIPT_INVALID' });
  });

  it('refuses a receipt of somebody who signed it himself', async () => {
    const forged = file(signed(JSON.stringify(stated), others));
    await expect(readReceipt(forged, { trustedKey: idOf(keys.publicKey) })).rejects.toMatchObject({
      code: 'RECEIPT_INVALID',
    });
  });

  it.each([
    ['no JSON', 'hello'],
    ['other JSON', '{}'],
    ['another kind of statement', signed('{"format":"invoice"}')],
    ['a signed text that is no JSON', signed('hello')],
  ])('refuses %s', async (_what, content) => {
    await expect(readReceipt(file(content), {})).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  });

  it('says which file is not there', async () => {
    await expect(readReceipt(join(folder, 'none'), {})).rejects.toThrow(/none cannot be opened/);
  });
});
