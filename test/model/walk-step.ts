// What every step of a walk is made of.
import fc from 'fast-check';
import type { Answer, ApiClient } from '../support/api-client.js';
import type { Asked, KnownAccount, KnownBackup } from './account-rules.js';
import type { EventEar } from './event-ear.js';
import { expectNothingElse, sightsOf, type Heard, type Sights } from './sights.js';

/** Another account; its ids must be useless here. */
export interface Neighbour {
  readonly accountId: string;
  readonly backupId: string;
  readonly downloadId: string;
  /** Of its backups and of its downloads. */
  readonly cursors: readonly string[];
}

export interface RealAccount {
  readonly accountId: string;
  readonly host: ApiClient;
  readonly sales: ApiClient;
  readonly neighbour: Neighbour;
  /** Every answer that a person was given since the last step. */
  readonly heard: Heard[];
  readonly ears: readonly EventEar[];
  /** After each of the last steps. */
  readonly sights: Sights[];
  person(userId: string): Promise<ApiClient>;
  scan(): Promise<void>;
}

export type Step = fc.AsyncCommand<KnownAccount, RealAccount>;
export type Act = (known: KnownAccount, real: RealAccount) => Promise<void>;
export type Problem = Answer<{ code?: string }>;

export const USERS = ['p0', 'p1', 'p2', 'p3', 'p4', 'stranger'];
export const user = fc.constantFrom(...USERS);
export const which = fc.nat({ max: 20 });

// u14, f3 and the neighbour's are never there
const some = (kind: string, count: number) =>
  fc.uniqueArray(fc.constantFrom(`n${kind}`, ...Array.from({ length: count }, (_, at) => `${kind}${at}`)), {
    maxLength: 3,
  });
export const asked: fc.Arbitrary<Asked> = fc.record({
  facilityIds: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: some('f', 4) }),
  orgUnitIds: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: some('u', 15) }),
  includeActive: fc.boolean(),
  includeInactive: fc.boolean(),
});

/** Whatever a step does, nobody may be told a name that they may see neither before it nor after it. */
export function step(text: string, act: Act): Step {
  const run = async (known: KnownAccount, real: RealAccount) => {
    const { directory } = known;
    const before = sightsOf(known, real.accountId);
    await act(known, real);
    // A backup made while the directory changed was announced to those who could see it until then.
    const between = sightsOf({ ...known, directory }, real.accountId);
    const after = sightsOf(known, real.accountId);
    for (const heard of real.heard.splice(0)) expectNothingElse(heard, [before, between, after]);
    // An event may be on its way for a while.
    real.sights.push(between, after);
    if (real.sights.length > 12) real.sights.splice(0, 2);
    for (const ear of real.ears) for (const heard of ear.take()) expectNothingElse(heard, [before, ...real.sights]);
  };
  return { check: () => true, run, toString: () => text };
}

/** The newest but so many, if there is one. */
export function pick<T>(all: readonly T[], at: number): T | undefined {
  return all.at(-1 - (at % Math.max(1, all.length)));
}

export function expectRefusal({ status, body }: Problem, code: string): void {
  if (code === 'NOT_FOUND') return expect([401, 404]).toContain(status);
  expect(body?.code).toBe(code);
}

export function pendingOf({ backups }: KnownAccount): KnownBackup | undefined {
  return backups.find(({ status }) => status === 'pending');
}
