import { hostname } from 'node:os';
import {
  databaseSettings,
  keyRing,
  keyRingFile,
  objectStoreSettings,
  serviceSettings,
} from '@account-backups/service-kit';
import { z } from 'zod';

export const settings = {
  ...serviceSettings,
  ...databaseSettings,
  ...objectStoreSettings,
  AUDIT_KEYS: keyRing('secret'),
  AUDIT_KEYS_FILE: keyRingFile,
};

export type DownloadAuditConfig = z.output<z.ZodObject<typeof settings>>;

/** What checkpoints call this system. */
export function systemName({ STORE_ID }: Pick<DownloadAuditConfig, 'STORE_ID'>): string {
  return STORE_ID ?? hostname();
}
