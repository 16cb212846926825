// A gateway in this process, without a broker: the test says what the services behind it would answer.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AppModule } from '@account-backups/gateway/app.module.js';
import { settings } from '@account-backups/gateway/config.js';
import { MAX_BODY_BYTES, configureBodies } from '@account-backups/gateway/http/bodies.js';
import { checkedClient } from '@account-backups/gateway/settings/client-settings.js';
import { isSecure } from '@account-backups/gateway/settings/public-path.js';
import { Bus } from '@account-backups/messaging';
import { openObjectStore } from '@account-backups/object-store';
import {
  CallerLimits,
  createHttpAdapter,
  ErrorFilter,
  Readiness,
  readConfiguration,
} from '@account-backups/service-kit';
import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { gatewayKeys } from '../../support/key-rings.js';
import { ToldBus, type Answers } from '../../support/told-bus.js';

@Module({})
class Surroundings {
  static with(answers: Answers): DynamicModule {
    const providers = [
      { provide: Bus, useValue: new ToldBus(answers) },
      { provide: Readiness, useValue: new Readiness() },
    ];
    return { module: Surroundings, global: true, providers, exports: providers };
  }
}

/** Starts it at `url`; `environment` has what concerns the issuer. Gives what ends it. */
export async function startToldGateway(
  url: string,
  environment: Readonly<Record<string, string>>,
  answers: Answers,
): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'account-backups-gateway-'));
  const store = pathToFileURL(folder).href;
  await openObjectStore(store).initialise();
  const configuration = readConfiguration(settings, {
    PORT: new URL(url).port,
    PUBLIC_URL: url,
    RABBITMQ_URL: 'amqp://no-broker',
    OBJECT_STORE_URL: store,
    ...gatewayKeys(),
    ...environment,
  });
  const imports = [Surroundings.with(answers), AppModule.with(checkedClient(configuration))];
  const { PORT: port, LISTEN_HOST: host } = configuration;
  const onlyHttps = isSecure(configuration);
  const adapter = createHttpAdapter({ port, host, bodyLimit: MAX_BODY_BYTES, onlyHttps });
  const root = { module: class Root {}, imports };
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, { logger: false, bodyParser: false });
  app.useGlobalFilters(new ErrorFilter());
  configureBodies(app);
  app.get(CallerLimits).countUnknownRoutes(app.getHttpAdapter().getInstance());
  await app.listen(port, host);
  return async () => {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  };
}
