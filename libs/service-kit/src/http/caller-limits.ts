import { AppError } from '@account-backups/contracts';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

const MINUTE_SECONDS = 60;
/** A host system speaks for many people and makes a call for each file. */
const PROGRAM_SHARE = 10;

interface LimitSettings {
  readonly RATE_LIMIT_PER_MINUTE: number;
  readonly CALLS_AT_ONCE_PER_PERSON: number;
  readonly CALLS_AT_ONCE_PER_ACCOUNT: number;
}

/** Whose calls are counted together: a person of an account, or a program. */
export type CountedCaller =
  { readonly accountId: string; readonly person: string } | { readonly accountId: null; readonly program: string };

/**
 * How many calls a caller may make in a minute, and have in hand at once. Each replica counts for itself: the limits
 * stop programs that run wild, they meter nothing. All methods throw `TOO_MANY_REQUESTS` with the seconds to wait.
 */
export class CallerLimits {
  private readonly persons: RateLimiterMemory;
  private readonly programs: RateLimiterMemory;
  private readonly addresses: RateLimiterMemory;
  private readonly inHand = new Map<string, number>();

  constructor(private readonly settings: LimitSettings) {
    const points = settings.RATE_LIMIT_PER_MINUTE;
    this.persons = new RateLimiterMemory({ points, duration: MINUTE_SECONDS });
    this.programs = new RateLimiterMemory({ points: points * PROGRAM_SHARE, duration: MINUTE_SECONDS });
    this.addresses = new RateLimiterMemory({ points, duration: MINUTE_SECONDS });
  }

  /** Counts a call of an identified caller. */
  async count(caller: CountedCaller): Promise<void> {
    if (caller.accountId === null) return take(this.programs, caller.program);
    return take(this.persons, `${caller.accountId} ${caller.person}`);
  }

  /** Counts a call of an unidentified caller. */
  async countAddress(address: string): Promise<void> {
    return take(this.addresses, address);
  }

  /** What `identify` gives. A call that it refuses counts for the address that sent it: guessing counts too. */
  async identified<T>(address: string, identify: () => Promise<T>): Promise<T> {
    try {
      return await identify();
    } catch (error) {
      await this.countAddress(address);
      throw error;
    }
  }

  /** Holds a place for a call until its answer is sent or its connection ends. */
  hold(caller: CountedCaller, { raw: answer }: FastifyReply): void {
    if (answer.destroyed) return;
    const places = this.placesOf(caller);
    for (const { key, whose, atMost } of places) {
      if ((this.inHand.get(key) ?? 0) >= atMost) throw tooMany(`${atMost} calls of one ${whose} at a time`, 1);
    }
    for (const { key } of places) this.inHand.set(key, (this.inHand.get(key) ?? 0) + 1);
    answer.once('close', () => places.forEach(({ key }) => this.free(key)));
  }

  /** Counts calls of addresses that no route has, by who sends them. */
  countUnknownRoutes(fastify: FastifyInstance): void {
    fastify.addHook('onRequest', async ({ is404, ip }) => {
      if (is404) await this.countAddress(ip);
    });
  }

  private placesOf(caller: CountedCaller): readonly { key: string; whose: string; atMost: number }[] {
    const { CALLS_AT_ONCE_PER_PERSON, CALLS_AT_ONCE_PER_ACCOUNT } = this.settings;
    if (caller.accountId === null) {
      return [{ key: `program ${caller.program}`, whose: 'program', atMost: CALLS_AT_ONCE_PER_ACCOUNT }];
    }
    const { accountId, person } = caller;
    return [
      { key: `person ${accountId} ${person}`, whose: 'person', atMost: CALLS_AT_ONCE_PER_PERSON },
      { key: `account ${accountId}`, whose: 'account', atMost: CALLS_AT_ONCE_PER_ACCOUNT },
    ];
  }

  private free(key: string): void {
    const left = (this.inHand.get(key) ?? 0) - 1;
    if (left > 0) this.inHand.set(key, left);
    else this.inHand.delete(key);
  }
}

async function take(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (cause) {
    if (!(cause instanceof RateLimiterRes)) throw cause;
    const allowed = `${limiter.points} calls in ${limiter.duration} seconds`;
    throw tooMany(allowed, Math.ceil(cause.msBeforeNext / 1_000));
  }
}

function tooMany(allowed: string, retryAfterSeconds: number): AppError {
  return new AppError('TOO_MANY_REQUESTS', `expected at most ${allowed}; go on in ${retryAfterSeconds} seconds`, {
    details: { retryAfterSeconds },
  });
}
