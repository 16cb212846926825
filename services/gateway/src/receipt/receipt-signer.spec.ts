import { createHash, createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { inspect } from 'node:util';
import { keyKinds, parseKeyRing } from '@account-backups/service-kit/keys';
import { ReceiptSigner } from './receipt-signer.js';

const [newest, older, oldest] = [1, 2, 3].map(() => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  return {
    privateHalf: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    publicHalf: spki.toString('base64'),
    keyId: createHash('sha256').update(spki).digest('hex'),
  };
});
const signerWith = (...keys: readonly (string | undefined)[]) =>
  new ReceiptSigner({ current: parseKeyRing(keys.map((key, at) => `${at}:${key}`).join(), keyKinds.receipt) });

describe('ReceiptSigner', () => {
  const text = '{"name":"Zürich 👩🏽‍🔬"}';
  const signer = signerWith(newest?.privateHalf, older?.privateHalf, oldest?.publicHalf);
  const signed = signer.sign(text);
  const valid = (receipt: string) =>
    verify(null, Buffer.from(receipt), createPublicKey(signed.publicKey), Buffer.from(signed.signature, 'base64'));

  it('signs the very bytes of the text', () => {
    expect(signed.receipt).toBe(text);
    expect([valid(text), valid(`${text} `)]).toEqual([true, false]);
  });

  it('names the key by the SHA-256 of its public half', () => {
    expect(signed.keyId).toBe(newest?.keyId);
  });

  it('lists what signs, what signed, and what is retired', () => {
    expect(signer.keys.map(({ keyId, status }) => [keyId, status])).toEqual([
      [newest?.keyId, 'active'],
      [older?.keyId, 'accepted'],
      [oldest?.keyId, 'retired'],
    ]);
  });

  it('still lists the key of an older receipt once another one signs', () => {
    const before = signerWith(older?.privateHalf).sign(text);
    const listed = signer.keys.find(({ keyId }) => keyId === before.keyId);
    const signature = Buffer.from(before.signature, 'base64');
    expect(verify(null, Buffer.from(text), createPublicKey(listed?.publicKey ?? ''), signature)).toBe(true);
  });

  it('does not show a private key', () => {
    const shown = inspect(signer, { depth: 9, showHidden: true }) + JSON.stringify([signer, signed, signer.keys]);
    expect(shown).not.toContain(newest?.privateHalf.slice(-40));
    expect(shown).not.toContain('PRIVATE');
  });
});
