import { randomUUID } from 'node:crypto';
import type { Payload, Reply } from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { Clock } from '@account-backups/service-kit';
import { Injectable } from '@nestjs/common';
import { Schedule } from './schedule.js';
import { TicksRepository, type ScanTick } from './ticks.repository.js';

const DAY_MS = 86_400_000;
const KEPT_DAYS = 30;

/** Makes what is due happen once, however many replicas ask at the same time. */
@Injectable()
export class TickService {
  constructor(
    private readonly ticks: TicksRepository,
    private readonly bus: Bus,
    private readonly clock: Clock,
    private readonly schedule: Schedule,
  ) {}

  /** Announces the scan and the sweep that are due, unless another replica did. */
  async beat(): Promise<void> {
    const now = await this.clock.now();
    await this.scan(now);
    await this.sweep(now);
  }

  async tickNow(): Promise<Reply<'scheduler.tick-now'>> {
    const tick = { tickId: randomUUID(), scheduledAt: await this.clock.now() };
    await this.ticks.insertManual(tick);
    const fact = scanFact(tick);
    await this.bus.publish('schedule.ticked', fact);
    await this.ticks.markManualAnnounced(tick, await this.clock.now());
    return fact;
  }

  async getNextScan(): Promise<Reply<'scheduler.get-next-scan'>> {
    const now = await this.clock.now();
    return { nextScanAt: this.schedule.scans.next(now).toISOString(), now: now.toISOString() };
  }

  private async scan(now: Date): Promise<void> {
    const due = this.schedule.scans.due(now);
    if (!due) return;
    const claimed = await this.ticks.claimScan(due, now);
    if (claimed) await this.ticks.deleteBefore(new Date(now.getTime() - KEPT_DAYS * DAY_MS));
    const tick = claimed ?? (await this.ticks.claimUnannounced(now));
    if (tick) await this.announce(tick);
  }

  private async announce(tick: ScanTick): Promise<void> {
    try {
      await this.bus.publish('schedule.ticked', scanFact(tick));
    } catch (error) {
      await this.ticks.release(tick);
      throw error;
    }
    await this.ticks.markAnnounced(tick, await this.clock.now());
  }

  // A lost sweep is not repeated: the next one comes in seconds.
  private async sweep(now: Date): Promise<void> {
    const at = this.schedule.dueSweep(now);
    if (!(await this.ticks.claimSweep(at, now))) return;
    await this.bus.publish('schedule.ticked', { tickId: randomUUID(), kind: 'sweep', at: at.toISOString() });
  }
}

function scanFact({ tickId, scheduledAt }: ScanTick): Payload<'schedule.ticked'> {
  return { tickId, kind: 'scan', at: scheduledAt.toISOString() };
}
