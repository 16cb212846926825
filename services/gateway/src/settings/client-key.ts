import { createPrivateKey, type KeyObject } from 'node:crypto';

const CURVES: Readonly<Record<string, readonly string[]>> = {
  prime256v1: ['ES256'],
  secp384r1: ['ES384'],
  secp521r1: ['ES512'],
};
const MIN_RSA_BITS = 2_048;

/** An unencrypted private key from PKCS #8 PEM, whose line ends may be written `\n`. Throws for anything else. */
export function clientKey(pem: string): KeyObject {
  const text = pem.replaceAll('\\n', '\n').trim();
  if (!text.startsWith('-----BEGIN PRIVATE KEY-----')) throw new TypeError('expected PKCS #8 PEM');
  const key = createPrivateKey(text);
  if (signingAlgorithms(key).length === 0)
    throw new TypeError(`no signature is made with this ${key.asymmetricKeyType}`);
  return key;
}

/** Whether `clientKey` takes it. */
export function isClientKey(pem: string): boolean {
  try {
    clientKey(pem);
    return true;
  } catch {
    return false;
  }
}

/** The algorithms (RFC 7518, 8037) that a key can sign with, the usual one first; none for a key that is too weak. */
export function signingAlgorithms({
  asymmetricKeyType: type,
  asymmetricKeyDetails: details,
}: KeyObject): readonly string[] {
  if (type === 'ed25519') return ['EdDSA'];
  if (type === 'ec') return CURVES[details?.namedCurve ?? ''] ?? [];
  if (type !== 'rsa' || (details?.modulusLength ?? 0) < MIN_RSA_BITS) return [];
  return ['RS256', 'PS256', 'RS384', 'PS384', 'RS512', 'PS512'];
}
