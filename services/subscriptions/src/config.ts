import { databaseSettings, httpSettings, limitSettings, serviceSettings } from '@account-backups/service-kit';
import { z } from 'zod';

export const settings = { ...serviceSettings, ...databaseSettings, ...httpSettings, ...limitSettings };

export type SubscriptionsConfig = z.output<z.ZodObject<typeof settings>>;
