import { readConfiguration, runService } from '@account-backups/service-kit';
import { AppModule } from './app.module.js';
import { BODY_LIMIT_BYTES, configureBodies } from './bodies.js';
import { settings } from './config.js';
import { publicPath } from './public-path.js';
import { addSecurityHeaders } from './security-headers.js';

const configuration = readConfiguration(settings);
await runService({
  service: 'gateway',
  configuration,
  module: AppModule.with(configuration),
  http: {
    port: configuration.PORT,
    bodyLimit: BODY_LIMIT_BYTES,
    trustedProxies: configuration.TRUSTED_PROXIES,
    publicPath: publicPath(configuration),
    configure: async (app) => {
      configureBodies(app);
      addSecurityHeaders(app);
    },
  },
});
