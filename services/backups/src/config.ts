import { databaseSettings, serviceSettings } from '@account-backups/service-kit';
import { z } from 'zod';

export const settings = {
  ...serviceSettings,
  ...databaseSettings,
  /** How long a running backup may get no further before it fails. */
  STALL_SECONDS: z.coerce.number().int().min(1).max(2_592_000).default(86_400),
};

export type BackupsConfig = z.output<z.ZodObject<typeof settings>>;

export const CONFIG = Symbol('backups configuration');
