import { createPrivateKey, type KeyObject } from 'node:crypto';

/** An Ed25519 private key from base64 of its PKCS #8 DER; throws for anything else. */
export function receiptKey(base64: string): KeyObject {
  const key = createPrivateKey({ key: Buffer.from(base64, 'base64'), type: 'pkcs8', format: 'der' });
  if (key.asymmetricKeyType !== 'ed25519') throw new TypeError(`expected an Ed25519 key, not ${key.asymmetricKeyType}`);
  return key;
}

/** Whether `receiptKey` takes it. */
export function isReceiptKey(base64: string): boolean {
  try {
    receiptKey(base64);
    return true;
  } catch {
    return false;
  }
}
