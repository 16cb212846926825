// A download-audit service on its own real database, without a bus.
import type { Payload } from '@account-backups/contracts';
import { ChainService } from '@account-backups/download-audit/chain.service.js';
import { ChainsRepository } from '@account-backups/download-audit/chains.repository.js';
import { database as definition } from '@account-backups/download-audit/database.js';
import { DownloadService } from '@account-backups/download-audit/download.service.js';
import { LinksRepository } from '@account-backups/download-audit/links.repository.js';
import { TalliesRepository } from '@account-backups/download-audit/tallies.repository.js';
import { TransfersRepository } from '@account-backups/download-audit/transfers.repository.js';
import type { DataSource } from 'typeorm';
import { migratedDatabase } from '../../support/migrated-database.js';
import { SetClock } from '../../support/set-clock.js';

export interface Audit {
  readonly downloads: DownloadService;
  readonly chains: ChainService;
  readonly clock: SetClock;
  readonly database: DataSource;
  close(): Promise<void>;
}

export async function openAudit(): Promise<Audit> {
  const { pool: database, close } = await migratedDatabase(definition);
  const clock = new SetClock('2026-01-01T12:00:00.000Z');
  return {
    downloads: new DownloadService(
      new LinksRepository(database),
      new TransfersRepository(database),
      new TalliesRepository(database),
      clock,
    ),
    chains: new ChainService(new ChainsRepository(database)),
    clock,
    database,
    close,
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
