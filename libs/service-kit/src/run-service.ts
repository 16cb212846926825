import 'reflect-metadata';
import { hostname } from 'node:os';
import type { ServiceName } from '@account-backups/contracts';
import { BusStrategy } from '@account-backups/messaging';
import { Logger, type DynamicModule, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { MicroserviceOptions } from '@nestjs/microservices';
import type { BaseConfiguration } from './configuration.js';
import { ErrorFilter } from './errors/error.filter.js';
import { createHttpAdapter } from './http/http-adapter.js';
import type { HttpDefinition } from './http/http-definition.js';
import { JsonLogger } from './operations/json-logger.js';
import { openPrivatePort } from './operations/private-port.js';
import { Readiness } from './operations/readiness.js';
import { ServiceModule } from './service.module.js';

interface ServiceDefinition {
  readonly service: ServiceName;
  readonly configuration: BaseConfiguration;
  /** The service's own module; `ServiceModule` with bus, clock and readiness is added to it. */
  readonly module: DynamicModule;
  /** For a service that callers reach over HTTP. */
  readonly http?: HttpDefinition;
}

/**
 * Starts a service and keeps it running until SIGTERM or SIGINT: private port, bus, HTTP if it has any. A start that
 * fails is logged and ends the process with 1, so that its supervisor tries again.
 */
export async function runService(definition: ServiceDefinition): Promise<void> {
  const { configuration, service } = definition;
  const logger = new JsonLogger(service, configuration.LOG_LEVEL);
  Logger.overrideLogger(logger);
  endWithParent();
  logWarnings(logger);
  process.on('unhandledRejection', (error) => end(logger, 'service.unhandled-rejection', error));
  process.on('uncaughtException', (error) => end(logger, 'service.uncaught-exception', error));
  // Open before the start, so that a service that waits for a part says which one.
  const readiness = new Readiness();
  const endStart = readiness.begin('start');
  try {
    const server = await openPrivatePort(configuration, readiness);
    server.unref();
    const app = await start(definition, { logger, readiness });
    app.enableShutdownHooks(['SIGTERM', 'SIGINT']);
    endStart();
    logger.log({ event: 'service.started', ...(definition.http && { port: definition.http.port }) });
  } catch (error) {
    end(logger, 'service.start-failed', error);
  }
}

interface Surroundings {
  readonly logger: JsonLogger;
  readonly readiness: Readiness;
}

async function start(
  definition: ServiceDefinition,
  { logger, readiness }: Surroundings,
): Promise<INestApplicationContext> {
  const { service, configuration, http } = definition;
  const strategy = new BusStrategy({ url: configuration.RABBITMQ_URL, service, pulse: () => pulseOf(readiness) });
  watch(readiness, strategy);
  const root: DynamicModule = {
    module: ServiceModule,
    imports: [ServiceModule.forService(service, configuration.RABBITMQ_URL, readiness), definition.module],
  };
  if (!http) {
    const app = await NestFactory.createMicroservice<MicroserviceOptions>(root, { strategy, logger });
    app.useGlobalFilters(new ErrorFilter());
    await app.listen();
    return app;
  }
  const app = await NestFactory.create<NestFastifyApplication>(root, createHttpAdapter(http), {
    logger,
    bodyParser: false,
  });
  app.useGlobalFilters(new ErrorFilter());
  app.connectMicroservice<MicroserviceOptions>({ strategy }, { inheritAppConfig: true });
  await http.configure?.(app);
  await app.startAllMicroservices();
  await app.listen(http.port, http.host);
  return app;
}

/** With its pulse a process says its name and what it holds, for those that wait for all of a service. */
async function pulseOf(readiness: Readiness): Promise<unknown> {
  await readiness.pulse();
  return { process: `${hostname()}/${process.pid}`, told: readiness.told() };
}

function watch(readiness: Readiness, strategy: BusStrategy): void {
  readiness.add('bus', () => strategy.check());
}

// When a supervisor is killed its services end too, so that none of them keeps a port.
function endWithParent(): void {
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
}

// Node itself would print them as text between the lines of the log.
function logWarnings(logger: JsonLogger): void {
  process.removeAllListeners('warning');
  process.on('warning', (error) => logger.warn({ event: 'service.warned', error }));
}

function end(logger: JsonLogger, event: string, error: unknown): void {
  logger.fatal({ event, error });
  process.exit(1);
}
