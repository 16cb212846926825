import { setTimeout as sleep } from 'node:timers/promises';
import { Clock } from '@account-backups/service-kit';
import { Injectable, Logger } from '@nestjs/common';
import { DriveService } from './drive.service.js';
import { HEARTBEAT_MS } from './lease-keeper.service.js';
import { LeasesRepository } from './leases.repository.js';

/** A builder that lives extends its lease three times within this. */
const STILL_MS = 3 * HEARTBEAT_MS;

/** Frees what a dead builder had claimed, so that nobody waits until its lease ends. */
@Injectable()
export class AbandonedWork {
  private readonly logger = new Logger(AbandonedWork.name);
  private watching: Promise<void> | undefined;
  private next: Promise<void> | undefined;

  constructor(
    private readonly leases: LeasesRepository,
    private readonly driver: DriveService,
    private readonly clock: Clock,
  ) {}

  /**
   * Called when the broker says that a builder lost its connection: frees each lease that is not extended from now
   * on, and drives its build. A builder that lives after all goes on until somebody else claims its work, which its
   * fence tells it. A watch under way may have missed who was lost since it began: one more follows it, for all calls
   * meanwhile.
   */
  free(): Promise<void> {
    if (this.watching) return (this.next ??= this.followOn(this.watching));
    return (this.watching = this.watch().finally(() => {
      this.watching = undefined;
    }));
  }

  private async followOn(watching: Promise<void>): Promise<void> {
    await watching.catch(() => undefined); // Told to whoever asked for it.
    this.next = undefined;
    return this.free();
  }

  private async watch(): Promise<void> {
    const held = await this.leases.held(await this.clock.now());
    if (held.length === 0) return;
    await sleep(STILL_MS);
    const freed = await this.leases.end(held, await this.clock.now());
    for (const { accountId, backupId } of freed) {
      this.logger.warn({ event: 'work.abandoned', backupId });
      await this.driver.drive(accountId, backupId);
    }
  }
}
