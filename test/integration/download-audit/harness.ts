// A download-audit service on its own real database and store, without a bus.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Payload } from '@account-backups/contracts';
import { AuditKeys } from '@account-backups/download-audit/chains/audit-keys.js';
import { ChainService } from '@account-backups/download-audit/anchoring/chain.service.js';
import { ChainWriter } from '@account-backups/download-audit/chains/chain-writer.js';
import { ChainsRepository } from '@account-backups/download-audit/chains/chains.repository.js';
import { CheckpointQueue } from '@account-backups/download-audit/chains/checkpoint-queue.js';
import { CheckpointService } from '@account-backups/download-audit/anchoring/checkpoint.service.js';
import { CheckpointStore } from '@account-backups/download-audit/anchoring/checkpoint.store.js';
import { database as definition } from '@account-backups/download-audit/database.js';
import { DownloadService } from '@account-backups/download-audit/downloads/download.service.js';
import { LinksRepository } from '@account-backups/download-audit/downloads/links.repository.js';
import { FormerMacsRepository } from '@account-backups/download-audit/chains/former-macs.repository.js';
import { TalliesRepository } from '@account-backups/download-audit/downloads/tallies.repository.js';
import { TrailRepository } from '@account-backups/download-audit/trail/trail.repository.js';
import { TrailService } from '@account-backups/download-audit/trail/trail.service.js';
import { TransfersRepository } from '@account-backups/download-audit/downloads/transfers.repository.js';
import { openObjectStore, type ObjectStore } from '@account-backups/object-store';
import { Readiness } from '@account-backups/service-kit';
import { KeyRing, RingKey } from '@account-backups/service-kit/keys';
import type { DataSource } from 'typeorm';
import { migratedDatabase } from '../../support/migrated-database.js';
import { SetClock } from '../../support/set-clock.js';

export interface Audit {
  readonly downloads: DownloadService;
  readonly trail: TrailService;
  readonly chains: ChainService;
  readonly checkpoints: CheckpointService;
  readonly readiness: Readiness;
  readonly clock: SetClock;
  readonly database: DataSource;
  readonly store: ObjectStore;
  /** Where the store lies. */
  readonly folder: string;
  /** The keys, the active one first. */
  readonly ring: { current: KeyRing };
  close(): Promise<void>;
}

export const auditKey = (keyId: string) => new RingKey(keyId, randomBytes(32));

export async function openAudit(): Promise<Audit> {
  const { pool: database, close } = await migratedDatabase(definition);
  const folder = await mkdtemp(join(tmpdir(), 'audit-store-'));
  const store = openObjectStore(pathToFileURL(folder).href);
  await store.initialise();
  const ring = { current: new KeyRing([auditKey('first')]) };
  const clock = new SetClock('2026-01-01T12:00:00.000Z');
  const parts = { database, store, ring, clock };
  const services = servicesOn(parts);
  return {
    ...parts,
    ...services,
    folder,
    close: async () => {
      services.checkpoints.onApplicationShutdown();
      await close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

type Parts = Pick<Audit, 'database' | 'store' | 'ring' | 'clock'>;

function servicesOn({ database, store, ring, clock }: Parts) {
  const keys = new AuditKeys(ring, 'here');
  const queue = new CheckpointQueue();
  const writer = new ChainWriter(keys, queue);
  const repository = new ChainsRepository(database, keys);
  const formerMacs = new FormerMacsRepository(database, keys);
  const readiness = new Readiness();
  const kept = new CheckpointStore(store);
  const checkpoints = new CheckpointService(repository, formerMacs, kept, keys, queue, readiness);
  return {
    readiness,
    checkpoints,
    trail: new TrailService(new TrailRepository(database, writer)),
    downloads: new DownloadService(
      new LinksRepository(database, writer),
      new TransfersRepository(database),
      new TalliesRepository(database, writer),
      clock,
    ),
    chains: new ChainService(repository, checkpoints, keys),
  };
}

export const backupId = '11111111-1111-4111-8111-111111111111';
export const origin = { ipAddress: '203.0.113.7', userAgent: 'curl/8' };

/** Starts a download of 100 bytes; the test names only the fields that matter to it. */
export function start(fields: Partial<Payload<'downloads.start'>> = {}): Payload<'downloads.start'> {
  return {
    accountId: 'northfield',
    backupId,
    user: { userId: 'ada', name: 'Ada' },
    ...origin,
    ofBytes: 100,
    expiresAt: '2026-01-02T12:00:00.000Z',
    ...fields,
  };
}

/** As the owner of the database, who can bypass every trigger. */
export async function tamper(audit: Audit, ...statements: readonly string[]): Promise<void> {
  await audit.database.transaction(async (manager) => {
    await manager.query(`SET LOCAL session_replication_role = 'replica'`);
    for (const statement of statements) await manager.query(statement);
  });
}
