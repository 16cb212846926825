import { textTable } from '../terminal/text-table.js';

interface Term {
  readonly startsOn: string;
  readonly endsOn: string;
  readonly reference: string | null;
}

/** As the subscriptions API answers. */
export interface Subscription {
  readonly accountId: string;
  readonly timeZone: string;
  readonly state: string;
  readonly startsOn: string | null;
  readonly endsOn: string | null;
  readonly endsAt: string | null;
  readonly reference: string | null;
  readonly terms: readonly Term[];
  readonly history: readonly {
    readonly at: string;
    readonly by: string;
    readonly action: string;
    readonly startsOn: string | null;
    readonly endsOn: string | null;
    readonly note: string | null;
  }[];
}

export interface ExpiringTerm extends Term {
  readonly accountId: string;
  readonly accountName: string;
  /** 0 on the last day. */
  readonly daysLeft: number;
}

/**
 * A subscription, line by line: what holds now, then the terms, then who changed what and why. Times are those of the
 * account's clocks.
 */
export function subscriptionLines(subscription: Subscription): readonly string[] {
  const { accountId, timeZone, state, terms, history, ...counting } = subscription;
  const { startsOn, endsOn, endsAt } = counting;
  const until = endsAt === null ? '' : ` (until ${wallTime(endsAt, timeZone)})`;
  const term = startsOn && endsOn ? `, ${startsOn} to ${endsOn}, both days included${until}` : '';
  const termRows = terms.map((each) => [each.startsOn, each.endsOn, each.reference ?? '']);
  const historyRows = history.map(({ at, by, action, ...change }) => {
    return [wallTime(at, timeZone), by, action, change.startsOn ?? '', change.endsOn ?? '', change.note ?? ''];
  });
  return [
    `${accountId}: ${state}${term}`,
    '',
    ...textTable(['starts on', 'ends on', 'reference'], termRows),
    '',
    ...textTable(['at', 'by', 'action', 'starts on', 'ends on', 'note'], historyRows),
  ];
}

export interface ListedSubscription extends Pick<
  Subscription,
  'accountId' | 'timeZone' | 'state' | 'startsOn' | 'endsOn' | 'endsAt'
> {
  readonly accountName: string;
}

/** A line for each account; its last moment as its clocks show it. */
export function listLines(subscriptions: readonly ListedSubscription[]): readonly string[] {
  if (subscriptions.length === 0) return ['no account fits'];
  const rows = subscriptions.map(({ accountId, accountName, state, startsOn, endsOn, endsAt, timeZone }) => {
    const until = endsAt === null ? '' : wallTime(endsAt, timeZone);
    return [accountId, accountName, state, startsOn ?? '', endsOn ?? '', until];
  });
  return textTable(['account', 'name', 'state', 'starts on', 'ends on', 'until'], rows);
}

/** `2027-01-01 00:00 Asia/Tokyo`. */
function wallTime(instant: string, timeZone: string): string {
  const style = { timeZone, dateStyle: 'short', timeStyle: 'short' } as const;
  return `${new Intl.DateTimeFormat('sv-SE', style).format(new Date(instant))} ${timeZone}`;
}

/** A table, or a sentence where no term ends within so many days. */
export function expiringLines(terms: readonly ExpiringTerm[], withinDays: string): readonly string[] {
  if (terms.length === 0) return [`no term ends within ${withinDays} days`];
  const rows = terms.map(({ accountId, accountName, endsOn, daysLeft, reference }) => {
    return [accountId, accountName, endsOn, String(daysLeft), reference ?? ''];
  });
  return textTable(['account', 'name', 'ends on', 'days left', 'reference'], rows);
}
