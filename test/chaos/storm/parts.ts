// Real parts of a storm's own, which it may stop, kill and start again.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startMinio } from '@account-backups/local-stack/parts/minio.js';
import { startPostgres } from '@account-backups/local-stack/parts/postgres.js';
import { freePort } from '../../support/free-port.js';
import { startBroker, type StormBroker } from './broker.js';
import { Part } from './part.js';
import { openStoreDoor, type StoreDoor } from './store-door.js';

export type StormStore = 'filesystem' | 's3';

export interface StormParts {
  readonly folder: string;
  readonly postgres: Part;
  readonly broker: StormBroker;
  /** The S3 server; undefined on a file store. */
  readonly minio: Part | undefined;
  /** Before that server. */
  readonly storeDoor: StoreDoor | undefined;
  readonly objectStoreUrl: string;
  stop(): Promise<void>;
}

export async function startParts(store: StormStore, brokerNodes: number): Promise<StormParts> {
  const folder = mkdtempSync(join(tmpdir(), 'account-backups-storm-'));
  chmodSync(folder, 0o711);
  const at = (name: string) => ({ dataDir: join(folder, name), logFile: join(folder, `${name}.log`) });
  const [port, storePort] = await Promise.all([freePort(), freePort()]);
  // What is committed must outlive the server's process, though not the machine.
  const settings = { max_connections: '300', full_page_writes: 'off', fsync: 'off' };
  const secret = 'only-for-this-storm';
  const [postgres, broker, minio] = await Promise.all([
    Part.start(() => startPostgres({ ...at('postgres'), port, settings })),
    startBroker(folder, brokerNodes),
    store === 's3'
      ? Part.start(() => startMinio({ dataDir: join(folder, 'minio'), port: storePort, secret }))
      : undefined,
  ]);
  const storeDoor = minio && (await openStoreDoor(storePort));
  return {
    folder,
    postgres,
    broker,
    minio,
    storeDoor,
    objectStoreUrl: storeDoor ? through(storeDoor, minio.url) : pathToFileURL(join(folder, 'objects')).href,
    stop: async () => {
      storeDoor?.close();
      await Promise.allSettled([postgres.stop(), broker.stop(), minio?.stop()]);
      // Somebody who looks for a fault needs the logs.
      if (process.env['CHAOS_LOG'] === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

function through({ port }: StoreDoor, url: string): string {
  const door = new URL(url);
  door.port = String(port);
  return door.href;
}
