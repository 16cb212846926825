import { CallerLimits, readConfiguration, RefusalFilter, Refusals, runService } from '@account-backups/service-kit';
import { AppModule } from './app.module.js';
import { MAX_BODY_BYTES, configureBodies } from './http/bodies.js';
import { settings } from './config.js';
import { refusalOf } from './identity/called-by.js';
import { checkedClient } from './settings/client-settings.js';
import { isSecure, publicPath } from './settings/public-path.js';

const configuration = checkedClient(readConfiguration(settings));
await runService({
  service: 'gateway',
  configuration,
  module: AppModule.with(configuration),
  http: {
    port: configuration.PORT,
    host: configuration.LISTEN_HOST,
    bodyLimit: MAX_BODY_BYTES,
    trustedProxies: configuration.TRUSTED_PROXIES,
    publicPath: publicPath(configuration),
    onlyHttps: isSecure(configuration),
    configure: async (app) => {
      configureBodies(app);
      app.useGlobalFilters(new RefusalFilter(app.get(Refusals), refusalOf));
      app.get(CallerLimits).countUnknownRoutes(app.getHttpAdapter().getInstance());
    },
  },
});
