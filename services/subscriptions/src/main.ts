import { CallerLimits, readConfiguration, runService } from '@account-backups/service-kit';
import { AppModule } from './app.module.js';
import { settings } from './config.js';

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
    configure: async (app) => app.get(CallerLimits).countUnknownRoutes(app.getHttpAdapter().getInstance()),
  },
});
