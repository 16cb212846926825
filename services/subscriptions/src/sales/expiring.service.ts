import { Bus } from '@account-backups/messaging';
import { Clock } from '@account-backups/service-kit';
import { Injectable } from '@nestjs/common';
import type { ExpiringQuery } from './bodies.js';
import { addDays, dayOf, daysBetween, endOfDay } from '../terms/calendar.js';
import { cursorOf, readCursor } from './expiring-cursor.js';
import { TermsRepository, type EndingTerm } from '../terms/terms.repository.js';

export interface ExpiringTerm {
  readonly accountId: string;
  readonly accountName: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly endsAt: string;
  readonly reference: string | null;
  /** 0 on the last day. */
  readonly daysLeft: number;
}

export interface ExpiringPage {
  readonly items: readonly ExpiringTerm[];
  readonly nextCursor: string | null;
}

const DEFAULT_PAGE_ITEMS = 100;
const MAX_PAGE_ITEMS = 500;

@Injectable()
export class ExpiringService {
  constructor(
    private readonly terms: TermsRepository,
    private readonly bus: Bus,
    private readonly clock: Clock,
  ) {}

  /** The terms that end within so many days, by last day, then account. A page may be short before the last one. */
  async page({ withinDays, limit = DEFAULT_PAGE_ITEMS, cursor }: ExpiringQuery): Promise<ExpiringPage> {
    const now = await this.clock.now();
    const today = dayOf(now, 'UTC');
    // Elsewhere it may be a day earlier or later than in UTC: the surplus is left out below.
    const found = await this.terms.ending({
      from: addDays(today, -1),
      to: addDays(today, withinDays + 1),
      after: cursor === undefined ? null : readCursor(cursor),
      limit: limit + 1,
    });
    const shown = await this.asOfNow(found.slice(0, limit));
    const last = shown.at(-1);
    return {
      items: shown
        .map((term) => expiringTerm(term, now))
        .filter(({ daysLeft }) => daysLeft >= 0 && daysLeft <= withinDays),
      nextCursor: last && found.length > limit ? cursorOf(last) : null,
    };
  }

  /** With names and time zones as they are now; ours are from when the term last changed. */
  private async asOfNow(terms: readonly EndingTerm[]): Promise<EndingTerm[]> {
    const accountIds = terms.map(({ accountId }) => accountId);
    const { accounts } = await this.bus.request('permissions.list-accounts', { accountIds });
    const known = new Map(accounts.map((account) => [account.accountId, account]));
    return terms.map((term) => {
      const { name, timeZone } = known.get(term.accountId) ?? { name: term.accountName, timeZone: term.timeZone };
      return { ...term, accountName: name, timeZone };
    });
  }

  /** All pages. */
  async list(withinDays: number): Promise<ExpiringTerm[]> {
    const items: ExpiringTerm[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.page({ withinDays, limit: MAX_PAGE_ITEMS, cursor });
      items.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return items;
  }
}

function expiringTerm({ timeZone, ...term }: EndingTerm, now: Date): ExpiringTerm {
  const { accountId, accountName, startsOn, endsOn, reference } = term;
  return {
    accountId,
    accountName,
    startsOn,
    endsOn,
    endsAt: endOfDay(endsOn, timeZone).toISOString(),
    reference,
    daysLeft: daysBetween(dayOf(now, timeZone), endsOn),
  };
}
