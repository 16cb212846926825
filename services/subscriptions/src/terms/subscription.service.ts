import type { Account, CalledBy, Payload, Reply } from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { Clock } from '@account-backups/service-kit';
import { Injectable } from '@nestjs/common';
import { end, extend, start, type TermChange } from './term-rules.js';
import { stateOf, withInstants, type Moment, type Term } from './term-state.js';
import { TermsRepository, type Signature } from './terms.repository.js';

export type Subscription = Awaited<ReturnType<SubscriptionService['show']>>;

/** Which account, and who asks. */
interface Asked {
  readonly accountId: string;
  readonly by: CalledBy;
}

/** Why something is done. */
interface Noted {
  readonly note: string;
}

type Rule = (terms: readonly Term[], moment: Moment) => TermChange | undefined;

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
    return stateOf(await this.terms.termsOf(accountId), { now: await this.clock.now(), timeZone });
  }

  async show(accountId: string) {
    const account = await this.account(accountId);
    return this.describe(account);
  }

  start({ accountId, by }: Asked, { note, ...term }: Term & Noted): Promise<Subscription> {
    return this.change(accountId, { by, note }, (terms) => start(terms, term));
  }

  extend({ accountId, by }: Asked, { endsOn, note }: Noted & { endsOn: string }): Promise<Subscription> {
    return this.change(accountId, { by, note }, (terms, moment) => extend(terms, endsOn, moment));
  }

  end({ accountId, by }: Asked, { endsOn, note }: Noted & { endsOn?: string }): Promise<Subscription> {
    return this.change(accountId, { by, note }, (terms, moment) => end(terms, endsOn, moment));
  }

  private async change(accountId: string, signature: Signature, rule: Rule): Promise<Subscription> {
    const account = await this.account(accountId);
    const { timeZone } = account;
    await this.terms.change(account, signature, {
      now: (manager) => this.clock.now(manager),
      decide: (terms, now) => rule(terms, { now, timeZone }),
    });
    return this.describe(account);
  }

  private account(accountId: string): Promise<Account> {
    return this.bus.request('permissions.get-account', { accountId });
  }

  private async describe(account: Account) {
    const { accountId, timeZone } = account;
    const { terms, history } = await this.terms.termsAndHistoryOf(accountId);
    return {
      accountId,
      timeZone,
      ...stateOf(terms, { now: await this.clock.now(), timeZone }),
      terms: terms.map((term) => withInstants(term, timeZone)),
      history,
    };
  }
}
