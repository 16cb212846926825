import type { SubscriptionState } from '@account-backups/contracts';
import { endOfDay, startOfDay } from './calendar.js';

/** Days are inclusive, `YYYY-MM-DD`, so that their order is the order of the texts. */
export interface Term {
  readonly startsOn: string;
  readonly endsOn: string;
  readonly reference: string | null;
}

/** A moment at a place: which day it is depends on both. */
export interface Moment {
  readonly now: Date;
  readonly timeZone: string;
}

interface Counting {
  readonly state: SubscriptionState['state'];
  readonly term: Term | undefined;
}

/** The term that counts: the valid one, else the next one, else the last one. Takes the terms in order. */
export function countingTerm(terms: readonly Term[], { now, timeZone }: Moment): Counting {
  const unfinished = terms.filter(({ endsOn }) => endOfDay(endsOn, timeZone) > now);
  const [first] = unfinished;
  if (!first) return { state: terms.length > 0 ? 'expired' : 'none', term: terms.at(-1) };
  return { state: startOfDay(first.startsOn, timeZone) <= now ? 'valid' : 'scheduled', term: first };
}

export function stateOf(terms: readonly Term[], moment: Moment): SubscriptionState {
  const { state, term } = countingTerm(terms, moment);
  if (!term) return { state, startsOn: null, endsOn: null, startsAt: null, endsAt: null, reference: null };
  return { state, ...withInstants(term, moment.timeZone) };
}

/** A term with its first instant, and the first one after it. */
export function withInstants({ startsOn, endsOn, reference }: Term, timeZone: string) {
  return {
    startsOn,
    endsOn,
    startsAt: startOfDay(startsOn, timeZone).toISOString(),
    endsAt: endOfDay(endsOn, timeZone).toISOString(),
    reference,
  };
}
