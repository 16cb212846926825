import { CallerLimits, readConfiguration, RefusalFilter, Refusals, runService } from '@account-backups/service-kit';
import { AppModule } from './app.module.js';
import { settings } from './config.js';
import { refusalOf } from './sales/sales.guard.js';

const MAX_BODY_BYTES = 64 * 1024;

const configuration = readConfiguration(settings);
await runService({
  service: 'subscriptions',
  configuration,
  module: AppModule.with(configuration),
  http: {
    port: configuration.PORT,
    host: configuration.LISTEN_HOST,
    bodyLimit: MAX_BODY_BYTES,
    trustedProxies: configuration.TRUSTED_PROXIES,
    configure: async (app) => {
      app.useGlobalFilters(new RefusalFilter(app.get(Refusals), refusalOf));
      app.get(CallerLimits).countUnknownRoutes(app.getHttpAdapter().getInstance());
    },
  },
});
