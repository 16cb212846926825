import { hostId, type Account, type SubscriptionState } from '@account-backups/contracts';
import { decodeCursor, encodeCursor } from '@account-backups/database';
import { Bus } from '@account-backups/messaging';
import { Clock } from '@account-backups/service-kit';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { stateOf } from '../terms/term-state.js';
import { TermsRepository } from '../terms/terms.repository.js';
import type { ListQuery } from './bodies.js';

type ListedSubscription = Pick<Account, 'accountId' | 'timeZone'> & { accountName: string } & SubscriptionState;

export interface SubscriptionPage {
  readonly items: readonly ListedSubscription[];
  readonly nextCursor: string | null;
}

const DEFAULT_PAGE_ITEMS = 100;
/** Of accounts looked at for one page, so that a rare state does not hold a caller up. */
const MAX_ROUNDS = 10;
const ROUND_ACCOUNTS = 500;

const words = z.tuple([hostId]);

@Injectable()
export class ListService {
  constructor(
    private readonly terms: TermsRepository,
    private readonly bus: Bus,
    private readonly clock: Clock,
  ) {}

  /** All accounts, by id, those that never had a term too. A page may be short before the last one. */
  async page({
    state,
    name = null,
    limit = DEFAULT_PAGE_ITEMS,
    cursor,
  }: { name?: string | null } & Omit<ListQuery, 'name'>): Promise<SubscriptionPage> {
    const items: ListedSubscription[] = [];
    let afterAccountId = cursor === undefined ? null : decodeCursor(cursor, words)[0];
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const found = await this.bus.request('permissions.find-accounts', {
        name,
        afterAccountId,
        limit: ROUND_ACCOUNTS,
      });
      for (const listed of await this.statesOf(found.accounts)) {
        if (state !== undefined && listed.state !== state) continue;
        items.push(listed);
        if (items.length === limit) return { items, nextCursor: encodeCursor(listed.accountId) };
      }
      afterAccountId = found.nextAccountId;
      if (afterAccountId === null) return { items, nextCursor: null };
    }
    return { items, nextCursor: afterAccountId && encodeCursor(afterAccountId) };
  }

  private async statesOf(accounts: readonly Account[]): Promise<ListedSubscription[]> {
    const terms = await this.terms.termsByAccount(accounts.map(({ accountId }) => accountId));
    const now = await this.clock.now();
    return accounts.map(({ accountId, name, timeZone }) => {
      return { accountId, accountName: name, timeZone, ...stateOf(terms.get(accountId) ?? [], { now, timeZone }) };
    });
  }
}
