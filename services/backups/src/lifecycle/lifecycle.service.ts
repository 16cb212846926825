import type { Payload } from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { Clock } from '@account-backups/service-kit';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { CONFIG, type BackupsConfig } from '../config.js';
import { LifecycleRepository, type BackupRef } from './lifecycle.repository.js';
import { addDays, RETENTION_DAYS } from './retention.js';

const BATCH = 200;
/** How long a running backup may be silent before its job is sent again. */
const SILENCE_MS = 30_000;
const STALLED_MESSAGE =
  'It could not get any further for too long, so it was ended. Tell those who run this service, and request a new backup.';

/** What time and the zip-builder do to backups. */
@Injectable()
export class LifecycleService {
  private readonly logger = new Logger(LifecycleService.name);

  constructor(
    private readonly lifecycle: LifecycleRepository,
    private readonly bus: Bus,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<BackupsConfig, 'STALL_SECONDS'>,
  ) {}

  async tick(kind: Payload<'schedule.ticked'>['kind']): Promise<void> {
    if (kind === 'scan') await this.startPending();
    await this.expireDue();
    await this.failStalled();
    await this.driveAgain();
  }

  async noteProgress(fact: Payload<'archive.progressed'>): Promise<void> {
    if (await this.lifecycle.noteProgress(await this.clock.now(), fact)) await this.changed(fact);
  }

  async noteWaiting(fact: Payload<'archive.waiting'>): Promise<void> {
    if (await this.lifecycle.noteWaiting(await this.clock.now(), fact)) await this.changed(fact);
  }

  async complete(fact: Payload<'archive.built'>): Promise<void> {
    const expiresAt = addDays(new Date(fact.builtAt), RETENTION_DAYS);
    if (await this.lifecycle.complete(fact, expiresAt)) await this.ended('backup.completed', fact);
  }

  async fail(fact: Payload<'archive.failed'>): Promise<void> {
    const { code, message } = fact;
    if (!(await this.lifecycle.fail(await this.clock.now(), fact, { code, message }))) return;
    const { accountId, backupId } = fact;
    await this.bus.enqueue('archives.delete', { accountId, backupId });
    await this.ended('backup.failed', fact);
  }

  async noteDeleted(fact: BackupRef): Promise<void> {
    return this.lifecycle.noteDeleted(await this.clock.now(), fact);
  }

  private async startPending(): Promise<void> {
    await this.inBatches(
      async () => this.lifecycle.claimPending(await this.clock.now(), BATCH),
      async (backup) => {
        this.logger.log({ event: 'backup.started', ...backup });
        await this.bus.enqueue('archives.plan', backup);
        await this.changed(backup);
      },
    );
  }

  private async expireDue(): Promise<void> {
    await this.inBatches(
      async () => this.lifecycle.expireDue(await this.clock.now(), BATCH),
      async (backup) => {
        await this.bus.enqueue('archives.delete', backup);
        await this.ended('backup.expired', backup);
      },
    );
  }

  private async failStalled(): Promise<void> {
    const now = await this.clock.now();
    const before = new Date(now.getTime() - this.config.STALL_SECONDS * 1_000);
    await this.inBatches(
      () => this.lifecycle.failStalled(now, before, BATCH, STALLED_MESSAGE),
      async (backup) => {
        await this.bus.enqueue('archives.delete', backup);
        await this.ended('backup.failed', backup);
      },
    );
  }

  // A message may be lost, a builder may die: the row still says what has to be done.
  private async driveAgain(): Promise<void> {
    const now = await this.clock.now();
    const before = new Date(now.getTime() - SILENCE_MS);
    await this.inBatches(
      () => this.lifecycle.claimUndriven(now, before, BATCH),
      (backup) => this.bus.enqueue('archives.plan', backup),
    );
    await this.inBatches(
      () => this.lifecycle.claimUndeleted(now, before, BATCH),
      (backup) => this.bus.enqueue('archives.delete', backup),
    );
  }

  private async inBatches(
    claim: () => Promise<BackupRef[]>,
    handle: (backup: BackupRef) => Promise<void>,
  ): Promise<void> {
    let claimed: BackupRef[];
    do {
      claimed = await claim();
      for (const { accountId, backupId } of claimed) await handle({ accountId, backupId });
    } while (claimed.length === BATCH);
  }

  private async ended(event: string, { accountId, backupId }: BackupRef): Promise<void> {
    this.logger.log({ event, accountId, backupId });
    await this.changed({ accountId, backupId });
  }

  private changed({ accountId, backupId }: BackupRef): Promise<void> {
    return this.bus.signal('backup.changed', { accountId, backupId });
  }
}
