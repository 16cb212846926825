import { databaseSettings, httpSettings, serviceSettings } from '@account-backups/service-kit';
import { z } from 'zod';

export const settings = { ...serviceSettings, ...databaseSettings, ...httpSettings };

export type SubscriptionsConfig = z.output<z.ZodObject<typeof settings>>;
