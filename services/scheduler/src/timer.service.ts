import { AppError } from '@account-backups/contracts';
import { Clock } from '@account-backups/service-kit';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Schedule } from './schedule.js';
import { TickService } from './tick.service.js';

/** The clock may be set meanwhile: nobody waits for longer than this. */
const MAX_WAIT_MS = 60_000;
const WITHOUT_TIME_MS = 1_000;

/** Beats whenever something is due. Each wait is computed from the clock, so delays do not add up. */
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

  /** Resolves when the last beat has ended. */
  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.beating;
  }

  private beat(): void {
    this.beating = this.ticks
      .beat()
      .catch((error: unknown) => this.note(error))
      .then(() => this.waitMs())
      .then((waitMs) => this.wait(waitMs));
  }

  // While other services still start, nobody takes a tick; its row waits for the next beat.
  private note(error: unknown): void {
    const level = AppError.is(error, 'MESSAGE_UNROUTABLE') ? 'debug' : 'warn';
    this.logger[level]({ event: 'schedule.beat-failed', error });
  }

  private wait(waitMs: number): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => this.beat(), waitMs);
  }

  private async waitMs(): Promise<number> {
    try {
      const now = await this.clock.now();
      return Math.min(MAX_WAIT_MS, this.schedule.nextBeat(now).getTime() - now.getTime());
    } catch {
      return WITHOUT_TIME_MS; // The database is away, as the beat has said.
    }
  }
}
