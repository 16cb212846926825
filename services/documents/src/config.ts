import { databaseSettings, serviceSettings } from '@account-backups/service-kit';
import { z } from 'zod';

export const settings = {
  ...serviceSettings,
  ...databaseSettings,
  /** Of all contents that an account has registered, in MiB; unset: no bound. */
  ACCOUNT_QUOTA_MIB: z.coerce.number().int().min(1).max(1_000_000_000).optional(),
};

export type DocumentsConfig = z.output<z.ZodObject<typeof settings>>;

/** Under which the configuration is injected. */
export const CONFIG = Symbol('documents configuration');
