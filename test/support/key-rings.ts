// Fresh key rings of one key each, as settings.
import { KeyRing, newKey, type RingName } from '@account-backups/service-kit/keys';

export function freshRing(ring: RingName): KeyRing {
  return new KeyRing([newKey(ring, new Date())]);
}

/** Those of a gateway. */
export function gatewayKeys(): Readonly<Record<'SEAL_KEYS' | 'SESSION_KEYS' | 'RECEIPT_KEYS', string>> {
  return {
    SEAL_KEYS: freshRing('seal').publicHalves().toText(),
    SESSION_KEYS: freshRing('session').toText(),
    RECEIPT_KEYS: freshRing('receipt').toText(),
  };
}
