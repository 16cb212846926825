import { AppError } from '@account-backups/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { CONFIG, type GatewayConfig } from '../config.js';
import type { Caller, NamedPerson } from './caller.js';

const MINUTE_SECONDS = 60;
/** A host system speaks for many people and makes a call for each file. */
const PROGRAM_SHARE = 10;

/**
 * How many calls a caller may make in a minute. Each replica counts for itself: the limit stops programs that run wild,
 * it meters nothing.
 */
@Injectable()
export class RateLimits {
  private readonly persons: RateLimiterMemory;
  private readonly programs: RateLimiterMemory;
  private readonly addresses: RateLimiterMemory;

  constructor(@Inject(CONFIG) { RATE_LIMIT_PER_MINUTE: points }: Pick<GatewayConfig, 'RATE_LIMIT_PER_MINUTE'>) {
    this.persons = new RateLimiterMemory({ points, duration: MINUTE_SECONDS });
    this.programs = new RateLimiterMemory({ points: points * PROGRAM_SHARE, duration: MINUTE_SECONDS });
    this.addresses = new RateLimiterMemory({ points, duration: MINUTE_SECONDS });
  }

  /** Counts a call of an identified caller; throws `TOO_MANY_REQUESTS` with the seconds to wait. */
  async countCaller(caller: Caller | NamedPerson): Promise<void> {
    if (caller.kind === 'program') return take(this.programs, caller.name);
    const name = caller.kind === 'person' ? caller.userId : caller.subject;
    return take(this.persons, `${caller.accountId} ${name}`);
  }

  /** Counts a call of an unidentified caller; throws as `countCaller` does. */
  async countAddress(address: string): Promise<void> {
    return take(this.addresses, address);
  }
}

async function take(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (cause) {
    if (!(cause instanceof RateLimiterRes)) throw cause;
    const retryAfterSeconds = Math.ceil(cause.msBeforeNext / 1_000);
    const allowed = `${limiter.points} calls in ${limiter.duration} seconds`;
    throw new AppError('TOO_MANY_REQUESTS', `expected at most ${allowed}; go on in ${retryAfterSeconds} seconds`, {
      details: { retryAfterSeconds },
    });
  }
}
