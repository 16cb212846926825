// Sends what waits in a service's outbox to the audit.
import { AsyncResource } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { TrailRecord } from '@account-backups/contracts';
import { TrailOutbox } from '@account-backups/database';
import { Bus } from '@account-backups/messaging';
import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { trailRecordOf, type Happening } from './trail-record.js';

const BATCH = 100;

/** Notes what a transaction does. */
export type Note = (happening: Happening) => void;

/** How a service with a database tells the audit of its changes: each once, and none that did not happen. */
@Injectable()
export class Trail implements BeforeApplicationShutdown {
  private readonly logger = new Logger(Trail.name);
  private readonly outbox: TrailOutbox;
  /** Who changed something, and until when they wait, is nothing to the telling of it. */
  private readonly apart = new AsyncResource('Trail');
  private sending: Promise<void> | undefined;
  private isAskedAgain = false;
  /** The audit was away: nothing is tried until the next tick. */
  private isWaiting = false;

  constructor(
    private readonly database: DataSource,
    private readonly bus: Bus,
  ) {
    this.outbox = new TrailOutbox(database);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.sending;
  }

  /** A transaction that keeps what it notes, both or neither. It is told to the audit after the commit. */
  async transaction<T>(work: (manager: EntityManager, note: Note) => Promise<T>): Promise<T> {
    const records: TrailRecord[] = [];
    const done = await this.database.transaction(async (manager) => {
      const result = await work(manager, (happening) => records.push(trailRecordOf(randomUUID(), happening)));
      await this.outbox.add(manager, records);
      return result;
    });
    if (records.length > 0 && !this.isWaiting) void this.send();
    return done;
  }

  /** Tells what waits, the oldest first; asked at each tick. Never throws. The audit takes each record once. */
  send(): Promise<void> {
    this.isAskedAgain = true;
    return (this.sending ??= this.apart.runInAsyncScope(() => this.sendAll()));
  }

  private async sendAll(): Promise<void> {
    try {
      while (this.isAskedAgain) {
        this.isAskedAgain = false;
        while ((await this.sendSome()) === BATCH);
      }
      if (this.isWaiting) this.logger.log({ event: 'audit.resumed' });
      this.isWaiting = false;
    } catch (error) {
      if (!this.isWaiting) this.logger.warn({ event: 'audit.waiting', error });
      this.isWaiting = true;
    } finally {
      // At once, so that nobody who asks from now on is given this one.
      this.sending = undefined;
    }
  }

  private async sendSome(): Promise<number> {
    const waiting = await this.outbox.first(BATCH);
    if (waiting.length === 0) return 0;
    // The rows go only when the chain has them: a message, or its answer, may be lost.
    await this.bus.request('trail.record', { records: waiting.map(({ record }) => record as TrailRecord) });
    await this.outbox.remove(waiting.map(({ place }) => place));
    return waiting.length;
  }
}
