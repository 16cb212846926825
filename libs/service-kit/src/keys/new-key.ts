// Draws keys: every call gives another one.
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { publicHalfOf } from './key-halves.js';
import { RingKey } from './key-ring.js';
import type { RingName } from './rings.js';

/** A fresh key for a ring. Its id tells when it was made; that of a receipt key is the one that receipts name. */
export function newKey(ring: RingName, now: Date): RingKey {
  const bytes = draw(ring);
  return new RingKey(ring === 'receipt' ? receiptKeyId(publicHalfOf(bytes)) : idOf(now), bytes);
}

/** The SHA-256 of the public half's SPKI DER. */
export function receiptKeyId(publicHalf: Buffer): string {
  return createHash('sha256').update(publicHalf).digest('hex');
}

function draw(ring: RingName): Buffer {
  switch (ring) {
    case 'seal':
      return generateKeyPairSync('x25519').privateKey.export({ type: 'pkcs8', format: 'der' });
    case 'receipt':
      return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'der' });
    case 'session':
    case 'audit':
      return randomBytes(32);
  }
}

/** Such as `20261128T210503Z-9f3c`: two of one second differ. */
function idOf(now: Date): string {
  const second = now.toISOString().replace(/[-:]|\.\d+/g, '');
  return `${second}-${randomBytes(2).toString('hex')}`;
}
