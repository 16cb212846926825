import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { clientKey, isClientKey, signingAlgorithms } from './client-key.js';

const pem = (key: KeyObject) => String(key.export({ type: 'pkcs8', format: 'pem' }));
const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const ec = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve }).privateKey;

describe('clientKey', () => {
  it.each([
    ['RSA', rsa.privateKey, 'RS256'],
    ['P-256', ec('P-256'), 'ES256'],
    ['P-384', ec('P-384'), 'ES384'],
    ['P-521', ec('P-521'), 'ES512'],
    ['Ed25519', generateKeyPairSync('ed25519').privateKey, 'EdDSA'],
  ])('takes %s', (_kind, key, algorithm) => {
    expect(signingAlgorithms(clientKey(pem(key)))[0]).toBe(algorithm);
  });

  it('takes a key on one line', () => {
    expect(isClientKey(pem(rsa.privateKey).replaceAll('\n', '\\n'))).toBe(true);
  });

  it.each([
    ['PKCS #1', String(rsa.privateKey.export({ type: 'pkcs1', format: 'pem' }))],
    ['a public key', String(rsa.publicKey.export({ type: 'spki', format: 'pem' }))],
    [
      'an encrypted key',
      String(rsa.privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'p' })),
    ],
    ['a short RSA key', pem(generateKeyPairSync('rsa', { modulusLength: 1_024 }).privateKey)],
    ['a key for sealing', pem(generateKeyPairSync('x25519').privateKey)],
    ['a curve of coins', pem(ec('secp256k1'))],
    ['noise', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----'],
  ])('refuses %s', (_what, text) => {
    expect(isClientKey(text)).toBe(false);
  });
});
