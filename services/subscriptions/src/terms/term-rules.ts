// What may be done to the terms of an account. Each rule takes all of them in order, and gives the change to make.
import { AppError } from '@account-backups/contracts';
import { dayOf } from './calendar.js';
import { countingTerm, type Moment, type Term } from './term-state.js';

export type TermAction = 'started' | 'extended' | 'ended' | 'withdrawn';

/** What to do, and the term as it is afterwards; a withdrawn one as it was. */
export interface TermChange {
  readonly action: TermAction;
  readonly term: Term;
}

export function start(terms: readonly Term[], term: Term): TermChange {
  refuseOverlap(terms, term);
  return { action: 'started', term };
}

/** Makes the current term longer, else the next one, else the last one, even where that ended before today. */
export function extend(terms: readonly Term[], endsOn: string, moment: Moment): TermChange {
  const { term } = countingTerm(terms, moment);
  if (!term) throw new AppError('TERM_NOT_FOUND', 'the account never had a term; start one');
  if (endsOn <= term.endsOn) throw endsOnFault(`expected a day after ${term.endsOn}, where the term ends now`);
  const longer = { ...term, endsOn };
  refuseOverlap(
    terms.filter((other) => other !== term),
    longer,
  );
  return { action: 'extended', term: longer };
}

/**
 * Makes the current term shorter, else the next one: `endsOn`, or today, becomes its last day. A day before its first
 * withdraws it. Undefined when that changes nothing.
 */
export function end(terms: readonly Term[], endsOn: string | undefined, moment: Moment): TermChange | undefined {
  const { state, term } = countingTerm(terms, moment);
  if (!term || state === 'expired') throw new AppError('TERM_NOT_FOUND', 'no term is valid or scheduled');
  const lastDay = endsOn ?? dayOf(moment.now, moment.timeZone);
  if (lastDay > term.endsOn) throw endsOnFault(`expected ${term.endsOn}, where the term ends now, or a day before`);
  if (lastDay < term.startsOn) return { action: 'withdrawn', term };
  if (lastDay === term.endsOn) return undefined;
  return { action: 'ended', term: { ...term, endsOn: lastDay } };
}

function refuseOverlap(others: readonly Term[], { startsOn, endsOn }: Term): void {
  const met = others.find((other) => other.startsOn <= endsOn && startsOn <= other.endsOn);
  if (!met) return;
  throw new AppError(
    'TERM_OVERLAPS',
    `a term from ${startsOn} to ${endsOn} would overlap the one from ${met.startsOn} to ${met.endsOn}`,
  );
}

function endsOnFault(message: string): AppError {
  return new AppError('VALIDATION_FAILED', `endsOn: ${message}`, { errors: [{ path: 'endsOn', message }] });
}
