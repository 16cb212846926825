import { databaseSettings, serviceSettings } from '@account-backups/service-kit';
import { z } from 'zod';

export const settings = { ...serviceSettings, ...databaseSettings };

export type DownloadAuditConfig = z.output<z.ZodObject<typeof settings>>;
