import type { Account, Payload, Reply } from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { Clock } from '@account-backups/service-kit';
import { Injectable } from '@nestjs/common';
import type { EndBody, ExtendBody, StartBody } from './bodies.js';
import { end, extend, start } from './term-rules.js';
import { stateOf, withInstants, type Moment } from './term-state.js';
import { TermsRepository } from './terms.repository.js';

export type Subscription = Awaited<ReturnType<SubscriptionService['show']>>;

/** Which account, and who asks. */
export interface Asked {
  readonly accountId: string;
  readonly by: string;
}

@Injectable()
export class SubscriptionService {
  constructor(
    private readonly terms: TermsRepository,
    private readonly bus: Bus,
    private readonly clock: Clock,
  ) {}

  async getState({
    accountId,
    timeZone,
  }: Payload<'subscriptions.get-state'>): Promise<Reply<'subscriptions.get-state'>> {
    return stateOf(await this.terms.termsOf(accountId), { now: this.clock.now(), timeZone });
  }

  async show(accountId: string) {
    const account = await this.account(accountId);
    await this.terms.refreshAccount(account);
    return this.describe(account);
  }

  async start({ accountId, by }: Asked, { note, ...term }: StartBody): Promise<Subscription> {
    const account = await this.account(accountId);
    await this.terms.change(account, this.signature(by, note), (terms) => start(terms, term));
    return this.describe(account);
  }

  async extend({ accountId, by }: Asked, { endsOn, note }: ExtendBody): Promise<Subscription> {
    const account = await this.account(accountId);
    const moment = this.momentAt(account);
    await this.terms.change(account, this.signature(by, note), (terms) => extend(terms, endsOn, moment));
    return this.describe(account);
  }

  async end({ accountId, by }: Asked, { endsOn, note }: EndBody): Promise<Subscription> {
    const account = await this.account(accountId);
    const moment = this.momentAt(account);
    await this.terms.change(account, this.signature(by, note), (terms) => end(terms, endsOn, moment));
    return this.describe(account);
  }

  private account(accountId: string): Promise<Account> {
    return this.bus.request('permissions.get-account', { accountId });
  }

  private async describe(account: Account) {
    const { accountId, timeZone } = account;
    const [terms, history] = await Promise.all([this.terms.termsOf(accountId), this.terms.historyOf(accountId)]);
    return {
      accountId,
      ...stateOf(terms, this.momentAt(account)),
      terms: terms.map((term) => withInstants(term, timeZone)),
      history,
    };
  }

  private momentAt({ timeZone }: Account): Moment {
    return { now: this.clock.now(), timeZone };
  }

  private signature(by: string, note: string) {
    return { at: this.clock.now(), by, note };
  }
}
