// Real parts of a storm's own, which it may stop, kill and start again.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startMinio } from '@account-backups/local-stack/parts/minio.js';
import { startPostgres } from '@account-backups/local-stack/parts/postgres.js';
import { startRabbitmq, type RunningRabbitmq } from '@account-backups/local-stack/parts/rabbitmq.js';
import type { RunningPart } from '@account-backups/local-stack/parts/running-part.js';
import { signal } from '@account-backups/local-stack/system/process-table.js';
import { eventually } from '../../support/eventually.js';
import { freePort } from '../../support/free-port.js';

export type StormStore = 'filesystem' | 's3';

/** A part whose process can be stopped, killed and started again on the same data, at the same address. */
export class Part<P extends RunningPart = RunningPart> {
  private constructor(
    private part: P,
    private readonly launch: () => Promise<P>,
  ) {}

  static async start<P extends RunningPart>(launch: () => Promise<P>): Promise<Part<P>> {
    return new Part(await launch(), launch);
  }

  get running(): P {
    return this.part;
  }

  get url(): string {
    return this.part.url;
  }

  /** SIGSTOP: everything that it is asked hangs. */
  freeze(): void {
    signal(this.part.pid, 'SIGSTOP');
  }

  thaw(): void {
    signal(this.part.pid, 'SIGCONT');
  }

  /** Ends it at once. Postgres is told so, for it must not leave shared memory behind. */
  async kill(name: NodeJS.Signals): Promise<void> {
    signal(this.part.pid, name);
    await this.part.exited;
    // What else it had started goes with it.
    await this.part.stop();
  }

  async startAgain(): Promise<void> {
    this.part = await eventually(() => this.launch(), { everyMs: 500, deadlineMs: 60_000 });
  }

  stop(): Promise<void> {
    this.thaw();
    return this.part.stop();
  }
}

export interface StormParts {
  readonly folder: string;
  readonly postgres: Part;
  readonly rabbitmq: Part<RunningRabbitmq>;
  /** The S3 server; undefined on a file store. */
  readonly minio: Part | undefined;
  readonly objectStoreUrl: string;
  stop(): Promise<void>;
}

export async function startParts(store: StormStore): Promise<StormParts> {
  const folder = mkdtempSync(join(tmpdir(), 'account-backups-storm-'));
  chmodSync(folder, 0o711);
  const at = (name: string) => ({ dataDir: join(folder, name), logFile: join(folder, `${name}.log`) });
  const [port, brokerPort, storePort] = await Promise.all([freePort(), freePort(), freePort()]);
  // What is committed must outlive the server's process, though not the machine.
  const settings = { max_connections: '300', full_page_writes: 'off', fsync: 'off' };
  const secret = 'only-for-this-storm';
  const [postgres, rabbitmq, minio] = await Promise.all([
    Part.start(() => startPostgres({ ...at('postgres'), port, settings })),
    Part.start(() => startRabbitmq({ ...at('rabbitmq'), port: brokerPort })),
    store === 's3'
      ? Part.start(() => startMinio({ dataDir: join(folder, 'minio'), port: storePort, secret }))
      : undefined,
  ]);
  return {
    folder,
    postgres,
    rabbitmq,
    minio,
    objectStoreUrl: minio?.url ?? pathToFileURL(join(folder, 'objects')).href,
    stop: async () => {
      await Promise.allSettled([postgres.stop(), rabbitmq.stop(), minio?.stop()]);
      // Somebody who looks for a fault needs the logs.
      if (process.env['CHAOS_LOG'] === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}
