// Every service as several processes, each with wires of its own to Postgres, RabbitMQ and the store.
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { knownStore } from '@account-backups/local-stack/known-store.js';
import { programEnvironment, type System } from '@account-backups/local-stack/program-environment.js';
import { keepRings, KEYS_FOLDER } from '@account-backups/local-stack/kept-rings.js';
import { keptSecrets } from '@account-backups/local-stack/secrets.js';
import { systemPrograms, type SystemProgram } from '@account-backups/local-stack/services.js';
import { readStackSettings } from '@account-backups/local-stack/stack-settings.js';
import { mintLocalToken, type TokenBearer } from 'account-backups/system/local-token.js';
import { eventually } from '../../support/eventually.js';
import { freePort } from '../../support/free-port.js';
import { root, tickNow } from '../../support/running-system.js';
import { inTurn, openWire, type Wire } from '../../support/wire.js';
import type { StormParts } from './parts.js';
import { Replica, type PartName } from './replica.js';

const READY_MS = 180_000;
const SLOW_DISK = new URL('slow-disk.mjs', import.meta.url).href;
const LIBFAKETIME = [
  '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1',
  '/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1',
];
/** Those that ask the time of their database. */
const CLOCKED = new Set(['backups', 'scheduler', 'zip-builder', 'documents', 'download-audit', 'permissions']);

export interface FleetOptions {
  readonly parts: StormParts;
  readonly replicas: number;
  readonly builders: number;
  readonly settings: Readonly<Record<string, string>>;
}

export interface Fleet {
  readonly replicas: readonly Replica[];
  /** One address before all gateways, as a load balancer gives. */
  readonly gatewayUrl: string;
  readonly subscriptionsUrl: string;
  token(bearer: TokenBearer): Promise<string>;
  scan(): Promise<void>;
  stop(): Promise<void>;
}

export async function startFleet({ parts, replicas: usual, builders, settings }: FleetOptions): Promise<Fleet> {
  const doors: Record<'gateway' | 'subscriptions', number[]> = { gateway: [], subscriptions: [] };
  const [gateways, subscriptions] = await Promise.all([
    openWire(inTurn(doors.gateway)),
    openWire(inTurn(doors.subscriptions)),
  ]);
  const system = await systemOf(parts, gateways.port, settings);
  const logDir = join(parts.folder, 'logs');
  const { dataDir } = system.settings;
  for (const folder of [logDir, join(dataDir, 'issuer')]) mkdirSync(folder, { recursive: true });
  const replicas: Replica[] = [];
  for (const program of systemPrograms({ withIssuer: true })) {
    for (let number = 1; number <= countOf(program, usual, builders); number += 1) {
      const replica = await replicaOf({ program, number, system, parts, logDir });
      replicas.push(replica);
      if (program.name in doors) doors[program.name as keyof typeof doors].push(replica.program.port ?? 0);
    }
  }
  const stop = async () => {
    await Promise.all(replicas.map((replica) => replica.stop()));
    gateways.close();
    subscriptions.close();
  };
  await eventually(async () => allReady(replicas), { deadlineMs: READY_MS, everyMs: 250 }).catch(
    async (error: unknown) => {
      await stop();
      throw error;
    },
  );
  const issuerUrl = `http://localhost:${system.settings.issuerPort}`;
  return {
    replicas,
    gatewayUrl: `http://127.0.0.1:${gateways.port}`,
    subscriptionsUrl: `http://127.0.0.1:${subscriptions.port}`,
    token: (bearer) => mintLocalToken({ dataDir, issuerUrl, bearer }),
    scan: () => tickNow(parts.broker.url),
    stop,
  };
}

function countOf({ name }: SystemProgram, usual: number, builders: number): number {
  if (name === 'local-issuer') return 1;
  return name === 'zip-builder' ? builders : usual;
}

async function systemOf(
  parts: StormParts,
  gatewayPort: number,
  own: Readonly<Record<string, string>>,
): Promise<System> {
  const environment = {
    ...process.env,
    ...own,
    DATA_DIR: join(parts.folder, 'data'),
    GATEWAY_PORT: String(gatewayPort),
    ISSUER_PORT: String(await freePort()),
    NO_DEMO: '1',
    OBJECT_STORE_URL: parts.objectStoreUrl,
  };
  const settings = readStackSettings(environment, root);
  mkdirSync(settings.dataDir, { recursive: true });
  const storeId = await knownStore({
    objectStoreUrl: parts.objectStoreUrl,
    file: join(settings.dataDir, 'store-id'),
    wished: undefined,
    terminal: () => undefined,
  });
  const urls = {
    databaseUrl: parts.postgres.url,
    rabbitmqUrl: parts.broker.url,
    objectStoreUrl: parts.objectStoreUrl,
  };
  await keepRings(join(settings.dataDir, KEYS_FOLDER), { environment });
  return { settings, secrets: keptSecrets(join(settings.dataDir, 'secrets.json')), urls, storeId, environment };
}

interface ReplicaPlace {
  readonly program: SystemProgram;
  readonly number: number;
  readonly system: System;
  readonly parts: StormParts;
  readonly logDir: string;
}

async function replicaOf({ program, number, system, parts, logDir }: ReplicaPlace): Promise<Replica> {
  const name = `${program.name}-${number}`;
  const { urls, wires } = await wired(system.urls, parts, program);
  const healthPort = await freePort();
  const isIssuer = program.name === 'local-issuer';
  const port = program.door && !isIssuer ? await freePort() : undefined;
  const clockFile = isIssuer ? undefined : fakeClock(program, number, parts.folder);
  const hasDisk = program.secrets.includes('OBJECT_STORE_URL') && !parts.minio;
  const diskFile = hasDisk ? join(parts.folder, `disk-of-${name}`) : undefined;
  const env = {
    ...programEnvironment(program, healthPort, { ...system, urls }),
    ...(diskFile && { SLOW_DISK_FILE: diskFile, NODE_OPTIONS: `--import ${SLOW_DISK}` }),
    ...(port && { PORT: String(port) }),
    ...(clockFile && {
      LD_PRELOAD: LIBFAKETIME.find(existsSync) ?? '',
      FAKETIME_TIMESTAMP_FILE: clockFile,
      FAKETIME_CACHE_DURATION: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      FAKETIME_DONT_RESET: '1',
    }),
  };
  const main = join(root, program.main);
  const marker = `--data-of=${system.settings.dataDir}`;
  const own = { name, service: program.name, main, env, healthPort, port, wires, clockFile, diskFile };
  return new Replica(own, logDir, marker);
}

/** The second process of each service that asks its database has a clock that can be set. */
function fakeClock({ name }: SystemProgram, number: number, folder: string): string | undefined {
  const isFaked = number === 2 && CLOCKED.has(name) && LIBFAKETIME.some(existsSync);
  return isFaked ? join(folder, `clock-of-${name}`) : undefined;
}

async function wired(
  urls: System['urls'],
  parts: StormParts,
  program: SystemProgram,
): Promise<{ urls: System['urls']; wires: Partial<Record<PartName, Wire>> }> {
  if (program.name === 'local-issuer') return { urls, wires: {} };
  const through = async (url: string) => {
    const own = new URL(url);
    const target = Number(own.port);
    const wire = await openWire(() => [target]);
    own.hostname = '127.0.0.1';
    own.port = String(wire.port);
    return { url: own.href, wire };
  };
  const needs = new Set(program.secrets);
  const broker = await through(urls.rabbitmqUrl);
  const database = needs.has('DATABASE_URL') ? await through(urls.databaseUrl) : undefined;
  const store = needs.has('OBJECT_STORE_URL') && parts.minio ? await through(urls.objectStoreUrl) : undefined;
  return {
    urls: {
      rabbitmqUrl: broker.url,
      databaseUrl: database?.url ?? urls.databaseUrl,
      objectStoreUrl: store?.url ?? urls.objectStoreUrl,
    },
    wires: {
      broker: broker.wire,
      ...(database && { database: database.wire }),
      ...(store && { store: store.wire }),
    },
  };
}

async function allReady(replicas: readonly Replica[]): Promise<void> {
  const ready = await Promise.all(replicas.map((replica) => replica.isReady()));
  const waiting = replicas.filter((_, index) => !ready[index]).map(({ name }) => name);
  if (waiting.length > 0) throw new Error(`not ready: ${waiting.join(', ')}`);
}
