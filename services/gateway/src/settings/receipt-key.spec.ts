import { generateKeyPairSync } from 'node:crypto';
import { isReceiptKey } from './receipt-key.js';

const ed25519 = generateKeyPairSync('ed25519');
const x25519 = generateKeyPairSync('x25519');
const der = { type: 'pkcs8', format: 'der' } as const;

describe('isReceiptKey', () => {
  it('takes an Ed25519 private key', () => {
    expect(isReceiptKey(ed25519.privateKey.export(der).toString('base64'))).toBe(true);
  });

  it.each([
    ['a key for sealing', x25519.privateKey.export(der).toString('base64')],
    ['a public key', ed25519.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')],
    ['nothing', ''],
    ['noise', 'AAAA'],
  ])('refuses %s', (_what, base64) => {
    expect(isReceiptKey(base64)).toBe(false);
  });
});
