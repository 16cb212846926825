// The key rings of the gateway, as providers.
import { keyRingProvider } from '@account-backups/service-kit';
import type { LiveKeyRing } from '@account-backups/service-kit/keys';
import type { FactoryProvider } from '@nestjs/common';
import { RECEIPT_KEYS, SEAL_KEYS, SESSION_KEYS, type GatewayConfig } from './config.js';

export function keyRings(config: GatewayConfig): readonly FactoryProvider<LiveKeyRing>[] {
  const { NODE_ENV } = config;
  return [
    keyRingProvider(SEAL_KEYS, {
      name: 'SEAL_KEYS',
      kind: 'sealPublic',
      ring: config.SEAL_KEYS,
      file: config.SEAL_KEYS_FILE,
      NODE_ENV,
    }),
    keyRingProvider(SESSION_KEYS, {
      name: 'SESSION_KEYS',
      kind: 'secret',
      ring: config.SESSION_KEYS,
      file: config.SESSION_KEYS_FILE,
      NODE_ENV,
    }),
    keyRingProvider(RECEIPT_KEYS, {
      name: 'RECEIPT_KEYS',
      kind: 'receipt',
      ring: config.RECEIPT_KEYS,
      file: config.RECEIPT_KEYS_FILE,
      NODE_ENV,
    }),
  ];
}
