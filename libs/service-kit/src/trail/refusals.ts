// Tells the audit of what has no transaction and anybody can cause. It keeps a timer, and counts in memory.
import { AsyncResource } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { SYSTEM_CHAIN, type TrailRecord } from '@account-backups/contracts';
import { Bus, sharedTime } from '@account-backups/messaging';
import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { trailRecordOf, type Happening } from './trail-record.js';

/** So long those of one person are counted as one. */
const COUNTED_MS = 60_000;
const LOOK_EVERY_MS = 5_000;
/** So many people are told apart at a time, and so many records wait for the audit. */
const MOST_PEOPLE = 1_000;
const MOST_WAITING = 1_000;
const BATCH = 100;
/** How long an answer waits for the audit. */
const PATIENCE_MS = 1_000;

/** What was refused; the time is that of the call. */
export type Refusal = Omit<Happening, 'at' | 'outcome'>;

interface Counted {
  readonly endsAtMs: number;
  readonly since: Date;
  last: Happening;
  more: number;
}

/**
 * Refused calls and sign-ins: of each person, and of nobody, the first of a minute is told at once, the others of that
 * minute as one record with their number. So nobody fills a chain by what is refused.
 */
@Injectable()
export class Refusals implements BeforeApplicationShutdown {
  private readonly logger = new Logger(Refusals.name);
  private readonly counted = new Map<string, Counted>();
  private waiting: TrailRecord[] = [];
  /** What is sent together is of many calls. */
  private readonly apart = new AsyncResource('Refusals');
  private sending: Promise<void> | undefined;
  private isAway = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly bus: Bus) {}

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.endMinutes(Infinity);
    await inPatience(this.send());
  }

  /** Resolves when the audit has it, or only counted it, or is away: it is told later then. Never throws. */
  async note(refusal: Refusal): Promise<void> {
    this.timer ??= setInterval(() => this.look(), LOOK_EVERY_MS).unref();
    const at = new Date(sharedTime.nowMs() ?? Date.now());
    const happening: Happening = { ...this.withinBounds(refusal), at, outcome: 'refused' };
    const key = keyOf(happening);
    const known = this.counted.get(key);
    if (known) {
      known.last = happening;
      known.more += 1;
      return;
    }
    this.counted.set(key, { endsAtMs: performance.now() + COUNTED_MS, since: at, last: happening, more: 0 });
    this.keep(happening);
    if (!this.isAway) await inPatience(this.send());
  }

  /** Beyond so many people, all others are one. */
  private withinBounds(refusal: Refusal): Refusal {
    if (this.counted.size < MOST_PEOPLE || this.counted.has(keyOf(refusal))) return refusal;
    return {
      ...refusal,
      chainId: SYSTEM_CHAIN,
      by: { ...refusal.by, actor: { kind: 'nobody', id: null, name: null } },
    };
  }

  private look(): void {
    this.endMinutes(performance.now());
    void this.send();
  }

  private endMinutes(nowMs: number): void {
    for (const [key, { endsAtMs, since, last, more }] of this.counted) {
      if (endsAtMs > nowMs) continue;
      this.counted.delete(key);
      if (more > 0) this.keep({ ...last, details: { ...last.details, times: more, since: since.toISOString() } });
    }
  }

  private keep(happening: Happening): void {
    try {
      if (this.waiting.length === MOST_WAITING) throw new Error(`${MOST_WAITING} records wait for the audit`);
      this.waiting.push(trailRecordOf(randomUUID(), happening));
    } catch (error) {
      // Whoever is refused is refused all the same.
      this.logger.error({ event: 'audit.lost', action: happening.action, chainId: happening.chainId, error });
    }
  }

  private send(): Promise<void> {
    if (this.waiting.length === 0) return Promise.resolve();
    return (this.sending ??= this.apart.runInAsyncScope(() => this.sendAll()));
  }

  private async sendAll(): Promise<void> {
    try {
      while (this.waiting.length > 0) {
        const records = this.waiting.slice(0, BATCH);
        await this.bus.request('trail.record', { records });
        this.waiting = this.waiting.slice(records.length);
      }
      if (this.isAway) this.logger.log({ event: 'audit.resumed' });
      this.isAway = false;
    } catch (error) {
      if (!this.isAway) this.logger.warn({ event: 'audit.waiting', error });
      this.isAway = true;
    } finally {
      this.sending = undefined;
    }
  }
}

function keyOf({ chainId, by, action }: Refusal): string {
  return JSON.stringify([chainId, by.actor.kind, by.actor.id, action]);
}

/** What is sent goes on. */
async function inPatience(sent: Promise<void>): Promise<void> {
  await Promise.race([sent, sleep(PATIENCE_MS, undefined, { ref: false })]);
}
