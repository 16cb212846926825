import { isPublicHalf } from './key-halves.js';
import type { KeyRing, RingKey } from './key-ring.js';

export type KeyStatus = 'active' | 'accepted' | 'retired';

/** What a key of a ring may still do. Of a retired receipt key the public half alone is left; others leave the ring. */
export function keyStatus(ring: KeyRing, { keyId, bytes }: RingKey): KeyStatus {
  if (keyId === ring.active.keyId) return 'active';
  return isPublicHalf(bytes, 'ed25519') ? 'retired' : 'accepted';
}
