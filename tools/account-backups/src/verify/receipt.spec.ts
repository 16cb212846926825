import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BACKUP_ID } from '../testing/bag-archive.js';
import { readReceipt } from './receipt.js';

const at = '2026-03-02T08:15:00.000Z';
const ada = { userId: 'ada', name: 'Ada' };
const stated = {
  format: 'account-backups-receipt/1',
  issuedAt: at,
  issuedTo: ada,
  account: { accountId: 'lab', name: 'Lab', timeZone: 'UTC' },
  backup: {
    backupId: BACKUP_ID,
    status: 'expired',
    requestedAt: at,
    requestedBy: ada,
    completedAt: at,
    downloadExpiresAt: at,
  },
  scope: {
    allOrgUnits: true,
    facilities: [],
    orgUnits: [],
    options: { includeActive: true, includeInactive: true, excludeSuperseded: false },
  },
  counts: { documents: 1, exceptions: 0 },
  archive: { fileName: 'a.zip', sizeBytes: 9, sha256: 'ab'.repeat(32), passwordProtected: false },
  auditChainHead: { sequence: 0, sha256: '' },
};

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
    const { receipt, keyId, keyTrusted } = await readReceipt(file(signed()), undefined);
    expect(receipt).toEqual(stated);
    expect([keyId, keyTrusted]).toEqual([idOf(keys.publicKey), false]);
  });

  it('trusts a key that is named by its id or its file', async () => {
    const path = file(signed());
    const pem = file(pemOf(keys.publicKey), 'key.pem');
    expect((await readReceipt(path, idOf(keys.publicKey))).keyTrusted).toBe(true);
    expect((await readReceipt(path, pem)).keyTrusted).toBe(true);
  });

  it.each([
    ['another text', { ...signed(), receipt: JSON.stringify({ ...stated, issuedAt: '2026-03-02T08:15:00.001Z' }) }],
    ['another signature', { ...signed(), signature: signed('x').signature }],
    ['another key', { ...signed(), publicKey: pemOf(others.publicKey) }],
    ["another key's id", { ...signed(), keyId: idOf(others.publicKey) }],
    ['no key', { ...signed(), publicKey: 'none' }],
  ])('refuses %s', async (_what, content) => {
    await expect(readReceipt(file(content), undefined)).rejects.toMatchObject({ code: 'RECEIPT_INVALID' });
  });

  it('refuses a receipt of somebody who signed it himself', async () => {
    const forged = file(signed(JSON.stringify(stated), others));
    await expect(readReceipt(forged, idOf(keys.publicKey))).rejects.toMatchObject({ code: 'RECEIPT_INVALID' });
  });

  it.each([
    ['no JSON', 'hello'],
    ['other JSON', '{}'],
    ['another kind of statement', signed('{"format":"invoice"}')],
    ['a signed text that is no JSON', signed('hello')],
  ])('refuses %s', async (_what, content) => {
    await expect(readReceipt(file(content), undefined)).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  });

  it('says which file is not there', async () => {
    await expect(readReceipt(join(folder, 'none'), undefined)).rejects.toThrow(/none cannot be read/);
  });
});
