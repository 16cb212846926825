import { numbersFor, type Random } from '../../../support/seeded.js';
import { tickWithin } from '../settle.js';
import type { Caller, StormClient } from './caller.js';

const TICK_MS = 20_000;

/** Somebody who has the scheduler look now, as an operator may. */
export class TicksClient implements StormClient {
  readonly pauseMs = [1_000, 4_000] as const;
  readonly random: Random;

  constructor(
    private readonly caller: Caller,
    seed: number,
  ) {
    this.random = numbersFor(seed, 'ticks');
  }

  async act(): Promise<void> {
    const { target, journal } = this.caller;
    journal.count(`tick: ${await tickWithin(target, TICK_MS)}`);
  }
}
