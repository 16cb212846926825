// A load of clients on a system that may fail in any way, with a journal of all that they did.
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { check } from './checker.js';
import { Caller, jsonBody, type StormClient } from './clients/caller.js';
import { DownloadsClient } from './clients/downloads.client.js';
import { HostClient } from './clients/host.client.js';
import { LooksClient } from './clients/looks.client.js';
import { RequestsClient } from './clients/requests.client.js';
import { RightsClient } from './clients/rights.client.js';
import { TicksClient } from './clients/ticks.client.js';
import { TimeClient } from './clients/time.client.js';
import { backupRows } from './evidence.js';
import type { Finding } from './finding.js';
import { Journal } from './journal.js';
import { settle } from './settle.js';
import { countsOf, tallyOf } from './tally.js';
import type { StormTarget } from './target.js';
import { numbersFor } from '../../support/seeded.js';
import { NEVER_SENT } from './world.js';

export type { Finding } from './finding.js';
export type { StormTarget } from './target.js';

export interface StormOptions {
  readonly seed: number;
  readonly accounts: number;
  /** How long what no row names may stay in the store after all has settled. */
  readonly orphanDeadlineMs?: number;
}

const ORPHAN_DEADLINE_MS = 120_000;

/** Registers the accounts that the storm needs, on a system without faults; throws when one is not taken. */
export async function prepare(target: StormTarget, options: StormOptions): Promise<Storm> {
  const journal = new Journal();
  const caller = new Caller(target, journal);
  const accounts = Array.from({ length: options.accounts }, (_, number) => `storm-${number + 1}`);
  const clients = await Promise.all(
    accounts.map((accountId, number) =>
      clientsOf(caller, accountId, { seed: options.seed, isLarge: number % 4 === 0 }),
    ),
  );
  const passing = [new TimeClient(caller, accounts, options.seed), new TicksClient(caller, options.seed)];
  return new Storm([...clients.flat(), ...passing], { target, journal, options });
}

interface AccountOptions {
  readonly seed: number;
  /** With contents for several segments. */
  readonly isLarge: boolean;
}

async function clientsOf(caller: Caller, accountId: string, options: AccountOptions): Promise<readonly StormClient[]> {
  const { seed } = options;
  const rights = new RightsClient(caller, accountId, seed);
  const host = new HostClient(caller, accountId, options);
  const random = numbersFor(seed, `begin ${accountId}`);
  const isKnown = (await rights.put(true)).effect === 'done';
  const isFilled = isKnown && (await host.begin(20 + random(options.isLarge ? 40 : 20), NEVER_SENT));
  if (!isFilled || !(await subscribe(caller, accountId))) throw new Error(`account ${accountId} could not be made`);
  return [
    rights,
    host,
    new RequestsClient(caller, accountId, seed),
    new DownloadsClient(caller, accountId, { seed, number: 1 }),
    new DownloadsClient(caller, accountId, { seed, number: 2 }),
    new LooksClient(caller, accountId, seed),
  ];
}

async function subscribe(caller: Caller, accountId: string): Promise<boolean> {
  const bearer = { service: 'sales', scopes: ['subscriptions'] };
  const who = { bearer, random: numbersFor(0, 'sales'), bases: caller.target.subscriptions };
  const body = jsonBody({ startsOn: '2020-01-01', endsOn: '2099-12-31', reference: 'STORM', note: 'for the storm' });
  const path = `/v1/accounts/${accountId}/subscription`;
  return (await caller.call('PUT subscription', who, { method: 'PUT', path, body })).effect === 'done';
}

interface StormParts {
  readonly target: StormTarget;
  readonly journal: Journal;
  readonly options: StormOptions;
}

export class Storm {
  private backups: Readonly<Record<string, number>> = {};

  constructor(
    private readonly clients: readonly StormClient[],
    private readonly parts: StormParts,
  ) {}

  get journal(): Journal {
    return this.parts.journal;
  }

  /** Clients act until the signal, and then end what they are at. Rejects for a fault of the clients alone. */
  async run(signal: AbortSignal): Promise<void> {
    // Every client listens while it pauses.
    setMaxListeners(0, signal);
    await Promise.all(this.clients.map((client) => actUntil(signal, client)));
  }

  /**
   * Ticks until every backup is in a final state and every download closed; gives the milliseconds. Throws after
   * `deadlineMs` with what is stuck.
   */
  async settled(deadlineMs: number): Promise<number> {
    const { target } = this.parts;
    const tookMs = await settle(target, deadlineMs);
    this.backups = countsOf((await backupRows(target.databaseUrl)).map(({ status }) => status));
    return tookMs;
  }

  /** What is not as it should be. Call it once all has settled. */
  check(): Promise<readonly Finding[]> {
    const { target, journal, options } = this.parts;
    return check({ target, journal, orphanDeadlineMs: options.orphanDeadlineMs ?? ORPHAN_DEADLINE_MS });
  }

  /** Counts for the report. */
  tally(): object {
    return { ...tallyOf(this.parts.journal), backups: this.backups };
  }
}

async function actUntil(signal: AbortSignal, client: StormClient): Promise<void> {
  const [least, most] = client.pauseMs;
  while (!signal.aborted) {
    await sleep(least + client.random(most - least + 1), undefined, { signal }).catch(() => undefined);
    if (!signal.aborted) await client.act();
  }
}
