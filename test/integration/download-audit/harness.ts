// A download-audit service on a real database of one's own, without a bus.
import type { Payload } from '@account-backups/contracts';
import { migrate, openDatabase } from '@account-backups/database';
import { ChainService } from '@account-backups/download-audit/chain.service.js';
import { ChainsRepository } from '@account-backups/download-audit/chains.repository.js';
import { database as definition } from '@account-backups/download-audit/database.js';
import { DownloadService } from '@account-backups/download-audit/download.service.js';
import { LinksRepository } from '@account-backups/download-audit/links.repository.js';
import { Clock } from '@account-backups/service-kit';
import type { DataSource } from 'typeorm';
import { testDatabase } from '../../support/real-parts.js';

export class SetClock extends Clock {
  private instant = new Date('2026-01-01T12:00:00.000Z');

  now(): Date {
    return this.instant;
  }

  forward(hours: number): void {
    this.instant = new Date(this.instant.getTime() + hours * 3_600_000);
  }
}

export interface Audit {
  readonly downloads: DownloadService;
  readonly chains: ChainService;
  readonly clock: SetClock;
  readonly database: DataSource;
  close(): Promise<void>;
}

export async function openAudit(): Promise<Audit> {
  const room = await testDatabase();
  const database = await openDatabase({ ...definition, url: room.url, poolSize: 10 });
  await migrate(database);
  const clock = new SetClock();
  return {
    downloads: new DownloadService(new LinksRepository(database), clock),
    chains: new ChainService(new ChainsRepository(database)),
    clock,
    database,
    close: async () => {
      await database.destroy();
      await room.drop();
    },
  };
}

export const backupId = '11111111-1111-4111-8111-111111111111';
export const caller = { ipAddress: '203.0.113.7', userAgent: 'curl/8' };

/** What starts a download of 100 bytes, of which only what the test names matters. */
export function start(fields: Partial<Payload<'downloads.start'>> = {}): Payload<'downloads.start'> {
  return {
    accountId: 'northfield',
    backupId,
    user: { userId: 'ada', name: 'Ada' },
    ...caller,
    ofBytes: 100,
    expiresAt: '2026-01-02T12:00:00.000Z',
    ...fields,
  };
}
