import { createHash, createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { inspect } from 'node:util';
import { ReceiptSigner } from './receipt-signer.js';

const { privateKey } = generateKeyPairSync('ed25519');
const RECEIPT_SIGNING_KEY = privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');
const signer = new ReceiptSigner({ RECEIPT_SIGNING_KEY });

describe('ReceiptSigner', () => {
  const text = '{"name":"Zürich 👩🏽‍🔬"}';
  const signed = signer.sign(text);
  const valid = (receipt: string) =>
    verify(null, Buffer.from(receipt), createPublicKey(signed.publicKey), Buffer.from(signed.signature, 'base64'));

  it('signs the very bytes of the text', () => {
    expect(signed.receipt).toBe(text);
    expect([valid(text), valid(`${text} `)]).toEqual([true, false]);
  });

  it('names the key by the SHA-256 of its public half', () => {
    const der = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
    expect(signed.keyId).toBe(createHash('sha256').update(der).digest('hex'));
  });

  it('does not show the private key', () => {
    const shown = inspect(signer, { depth: 9, showHidden: true }) + JSON.stringify([signer, signed]);
    expect(shown).not.toContain(RECEIPT_SIGNING_KEY.slice(-40));
    expect(shown).not.toContain('PRIVATE');
  });
});
