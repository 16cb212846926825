import { AppError } from '@account-backups/contracts';
import { Clock } from '@account-backups/service-kit';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Schedule } from './schedule.js';
import { TickService } from './tick.service.js';

/** Beats at each instant at which something is due. Each wait is reckoned from the clock, so that none adds up. */
@Injectable()
export class TimerService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(TimerService.name);
  private timer: NodeJS.Timeout | undefined;
  private beating: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly ticks: TickService,
    private readonly clock: Clock,
    private readonly schedule: Schedule,
  ) {}

  onApplicationBootstrap(): void {
    this.beat();
  }

  /** Resolves when nothing runs any more. */
  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.beating;
  }

  private beat(): void {
    this.beating = this.ticks
      .beat()
      .catch((error: unknown) => this.note(error))
      .then(() => this.wait());
  }

  // While the others start nobody takes a tick; its row waits, and the next beat announces it.
  private note(error: unknown): void {
    const level = AppError.is(error, 'MESSAGE_UNROUTABLE') ? 'debug' : 'warn';
    this.logger[level]({ event: 'schedule.beat-failed', error });
  }

  private wait(): void {
    if (this.stopped) return;
    const now = this.clock.now();
    this.timer = setTimeout(() => this.beat(), this.schedule.nextBeat(now).getTime() - now.getTime());
  }
}
