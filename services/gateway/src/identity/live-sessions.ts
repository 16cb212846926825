// Asks `permissions` whether sessions hold, and remembers the answers for two seconds; it keeps a timer.
import { AppError, type CalledBy, type Payload } from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { batches } from './batches.js';
import { isOneOf, type Person } from './caller.js';

type Who = Pick<Person, 'accountId' | 'userId'>;

interface Remembered extends Who {
  holds: Promise<boolean>;
  askedAtMs: number;
  /** Since it was asked. */
  isUsed: boolean;
}

/** Within which an ended session is refused everywhere, whatever signals are lost. */
const REMEMBERED_MS = 2_000;
const ASK_EVERY_MS = 1_000;
const BATCH = 1_000;

@Injectable()
export class LiveSessions implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger(LiveSessions.name);
  private readonly remembered = new Map<string, Remembered>();
  private asking: NodeJS.Timeout | undefined;

  constructor(private readonly bus: Bus) {}

  onModuleInit(): void {
    this.asking = setInterval(() => this.askAgain(), ASK_EVERY_MS).unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.asking);
  }

  async begin(session: Payload<'sessions.begin'>): Promise<void> {
    await this.bus.request('sessions.begin', session);
  }

  /** Whether it holds. Throws what `permissions` throws while it is away. */
  holds(sessionId: string, who: Who, isUsed: boolean): Promise<boolean> {
    const known = this.remembered.get(sessionId);
    if (known && known.askedAtMs > performance.now() - REMEMBERED_MS) {
      known.isUsed ||= isUsed;
      return known.holds;
    }
    const asked = this.ask([sessionId], isUsed).then((holding) => holding.has(sessionId));
    const { accountId, userId } = who;
    this.remembered.set(sessionId, { accountId, userId, holds: asked, askedAtMs: performance.now(), isUsed: false });
    asked.catch(() => this.remembered.delete(sessionId));
    return asked;
  }

  /** Ends one of a person's; here it is over at once. One that is not there has ended. */
  async end(sessionId: string, { accountId, userId }: Who, by: CalledBy): Promise<void> {
    try {
      await this.bus.request('sessions.end', { accountId, userId, sessionId, calledBy: by });
    } catch (error) {
      if (!AppError.is(error, 'NOT_FOUND')) throw error;
    }
    this.remembered.delete(sessionId);
  }

  /** Those of a person, or of everybody of an account. */
  forget(whose: Payload<'session.ended'>): void {
    for (const [sessionId, known] of this.remembered) {
      if (isOneOf(whose, known)) this.remembered.delete(sessionId);
    }
  }

  // Sessions in use are asked together, so that few calls have to wait for an answer. What nobody uses is forgotten.
  private askAgain(): void {
    const old = performance.now() - REMEMBERED_MS;
    for (const [sessionId, { askedAtMs, isUsed }] of this.remembered) {
      if (askedAtMs < old && !isUsed) this.remembered.delete(sessionId);
    }
    const used = [...this.remembered].filter(([, { isUsed }]) => isUsed);
    for (const some of batches(used, BATCH)) void this.refresh(some);
  }

  private async refresh(used: readonly (readonly [string, Remembered])[]): Promise<void> {
    const askedAtMs = performance.now();
    for (const [, known] of used) known.isUsed = false;
    try {
      const holding = await this.ask(
        used.map(([sessionId]) => sessionId),
        true,
      );
      for (const [sessionId, known] of used) {
        Object.assign(known, { askedAtMs, holds: Promise.resolve(holding.has(sessionId)) });
      }
    } catch (error) {
      this.logger.debug({ event: 'sessions.unasked', error });
      for (const [, known] of used) known.isUsed = true;
    }
  }

  private async ask(sessionIds: readonly string[], isUsed: boolean): Promise<ReadonlySet<string>> {
    const sessions = sessionIds.map((sessionId) => ({ sessionId, isUsed }));
    const answer = await this.bus.request('sessions.check', { sessions, tokens: [] });
    return new Set(sessionIds.filter((_, place) => answer.sessions[place]));
  }
}
