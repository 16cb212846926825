import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './system/ports.js';
import { startPostgres } from './parts/postgres.js';
import type { PartUrls } from './program-environment.js';
import { startRabbitmq } from './parts/rabbitmq.js';
import type { RunningPart } from './parts/running-part.js';
import type { StackSettings } from './stack-settings.js';

const RESTART_PAUSE_MS = 1_000;

interface EmbeddedParts {
  readonly urls: PartUrls;
  stop(): Promise<void>;
}

interface PartsOptions {
  readonly settings: StackSettings;
  readonly logDir: string;
  readonly terminal: (line: string) => void;
}

/** Starts Postgres and RabbitMQ side by side, except where a URL was given; a part that dies is started again. */
export async function startParts(options: PartsOptions): Promise<EmbeddedParts> {
  const { settings } = options;
  const running: KeptPart[] = [];
  const stop = async () => {
    await Promise.all(running.map((part) => part.stop()));
  };
  const [database, broker] = await Promise.allSettled([
    settings.databaseUrl ?? keep('Postgres', await postgresStart(options), options, running),
    settings.rabbitmqUrl ?? keep('RabbitMQ', await rabbitmqStart(options), options, running),
  ]);
  if (database.status === 'fulfilled' && broker.status === 'fulfilled') {
    const urls = { databaseUrl: database.value, rabbitmqUrl: broker.value, objectStoreUrl: settings.objectStoreUrl };
    return { urls, stop };
  }
  await stop();
  throw database.status === 'rejected' ? database.reason : (broker as PromiseRejectedResult).reason;
}

type Start = () => Promise<RunningPart>;

async function postgresStart({ settings, logDir }: PartsOptions): Promise<Start> {
  const place = { dataDir: join(settings.dataDir, 'postgres'), logFile: join(logDir, 'postgres.log') };
  const port = await freePort();
  return () => startPostgres({ ...place, port });
}

async function rabbitmqStart({ settings, logDir }: PartsOptions): Promise<Start> {
  const place = { dataDir: join(settings.dataDir, 'rabbitmq'), logFile: join(logDir, 'rabbitmq.log') };
  const port = await freePort();
  return () => startRabbitmq({ ...place, port });
}

interface KeptPart {
  stop(): Promise<void>;
}

/** Starts a part, and again whenever it ends by itself; its URL stays the same. */
async function keep(name: string, start: Start, options: PartsOptions, running: KeptPart[]): Promise<string> {
  const part = new RestartedPart(name, start, options.terminal);
  running.push(part);
  return part.start();
}

class RestartedPart implements KeptPart {
  private part: RunningPart | undefined;
  private ending = false;

  constructor(
    private readonly name: string,
    private readonly launch: Start,
    private readonly terminal: (line: string) => void,
  ) {}

  async start(): Promise<string> {
    const part = await this.launch();
    this.part = part;
    if (this.ending) await part.stop();
    void part.exited.then((how) => this.startAgain(how));
    return part.url;
  }

  async stop(): Promise<void> {
    this.ending = true;
    await this.part?.stop();
  }

  private async startAgain(how: string): Promise<void> {
    if (this.ending) return;
    this.terminal(`${this.name} ended (${how}); it starts again.`);
    await sleep(RESTART_PAUSE_MS);
    await this.start().catch((error: unknown) =>
      this.startAgain(error instanceof Error ? error.message : String(error)),
    );
  }
}
