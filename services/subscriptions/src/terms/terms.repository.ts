import type { Account, CalledBy } from '@account-backups/contracts';
import { Trail, type Happening } from '@account-backups/service-kit';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AccountEntity } from './account.entity.js';
import { TermChangeEntity } from './term-change.entity.js';
import { TermEntity } from './term.entity.js';
import type { TermAction, TermChange } from './term-rules.js';
import type { Term } from './term-state.js';

export interface HistoryEntry extends Term {
  /** ISO 8601. */
  readonly at: string;
  readonly by: string;
  readonly action: TermAction;
  readonly note: string;
}

/** Who changes a term and why. */
export interface Signature {
  readonly by: CalledBy;
  readonly note: string;
}

interface Decision {
  readonly now: (manager: EntityManager) => Promise<Date>;
  readonly decide: (terms: readonly Term[], now: Date) => TermChange | undefined;
}

/** An account's terms and what was done to them, both as of one moment. */
interface TermsAndHistory {
  readonly terms: Term[];
  readonly history: HistoryEntry[];
}

export interface EndingTerm extends Term {
  readonly accountId: string;
  readonly accountName: string;
  readonly timeZone: string;
}

/** Terms that end from one day to another, behind a last one that was seen. */
interface EndingQuestion {
  readonly from: string;
  readonly to: string;
  readonly after: { readonly endsOn: string; readonly accountId: string } | null;
  readonly limit: number;
}

@Injectable()
export class TermsRepository {
  constructor(
    private readonly database: DataSource,
    private readonly trail: Trail,
  ) {}

  /** In order. */
  async termsOf(accountId: string): Promise<Term[]> {
    return this.database.query(TERMS, [accountId]);
  }

  /** Of several accounts, in order; accounts without any are missing. */
  async termsByAccount(accountIds: readonly string[]): Promise<ReadonlyMap<string, readonly Term[]>> {
    const rows: (Term & { accountId: string })[] = await this.database.query(TERMS_OF_ACCOUNTS, [accountIds]);
    const found = new Map<string, Term[]>();
    for (const { accountId, ...term } of rows) found.set(accountId, [...(found.get(accountId) ?? []), term]);
    return found;
  }

  /** Terms in order, and the history of them, the oldest first. */
  async termsAndHistoryOf(accountId: string): Promise<TermsAndHistory> {
    return this.database.transaction('REPEATABLE READ', async (manager) => {
      const terms: Term[] = await manager.query(TERMS, [accountId]);
      const rows: (Omit<HistoryEntry, 'at'> & { at: Date })[] = await manager.query(HISTORY, [accountId]);
      return { terms, history: rows.map((row) => ({ ...row, at: row.at.toISOString() })) };
    });
  }

  /**
   * Makes the change that `decide` gives for the terms as they are. Takes the time only once it holds the account's
   * row, so that a history is in the order of its times.
   */
  async change(
    { accountId, name, timeZone }: Account,
    { by, note }: Signature,
    { now, decide }: Decision,
  ): Promise<void> {
    await this.trail.transaction(async (manager, tell) => {
      // First, because the lock on this row keeps every other writer waiting until the end.
      await manager.upsert(AccountEntity, { accountId, name, timeZone }, ['accountId']);
      const changedAt = await now(manager);
      const change = decide(await manager.query(TERMS, [accountId]), changedAt);
      if (!change) return;
      await apply(manager, accountId, change);
      const { startsOn, endsOn, reference } = change.term;
      const done = { changedAt, changedBy: by.actor.id ?? '', action: change.action, note };
      await manager.insert(TermChangeEntity, { accountId, ...done, startsOn, endsOn, reference });
      tell(happened(accountId, changedAt, by, change));
    });
  }

  /** By last day, then account; without terms that another one follows on the next day. */
  async ending({ from, to, after, limit }: EndingQuestion): Promise<EndingTerm[]> {
    return this.database.query(ENDING, [from, to, after?.endsOn ?? from, after?.accountId ?? '', limit]);
  }
}

/** Without reference and note, which sales may write anything into. */
function happened(accountId: string, at: Date, by: CalledBy, { action: change, term }: TermChange): Happening {
  const { startsOn, endsOn } = term;
  const subject = `account/${accountId}`;
  return { chainId: accountId, at, action: 'subscription.changed', by, subject, details: { change, startsOn, endsOn } };
}

async function apply(manager: EntityManager, accountId: string, { action, term }: TermChange): Promise<void> {
  const { startsOn, endsOn, reference } = term;
  switch (action) {
    case 'started':
      await manager.insert(TermEntity, { accountId, startsOn, endsOn, reference });
      return;
    case 'extended':
    case 'ended':
      await manager.update(TermEntity, { accountId, startsOn }, { endsOn });
      return;
    case 'withdrawn':
      await manager.delete(TermEntity, { accountId, startsOn });
  }
}

// As text: pg would make a date midnight in the time zone of this process.
const DAYS = `starts_on::text AS "startsOn", ends_on::text AS "endsOn"`;

const TERMS = `SELECT ${DAYS}, reference FROM subscriptions.terms WHERE account_id = $1 ORDER BY starts_on`;

const TERMS_OF_ACCOUNTS = `
  SELECT account_id AS "accountId", ${DAYS}, reference FROM subscriptions.terms
  WHERE account_id = ANY($1::text[]) ORDER BY account_id, starts_on`;

const HISTORY = `
  SELECT changed_at AS at, changed_by AS by, action, ${DAYS}, reference, note
  FROM subscriptions.term_changes WHERE account_id = $1 ORDER BY change_number`;

const ENDING = `
  SELECT account_id AS "accountId", accounts.name AS "accountName", time_zone AS "timeZone", ${DAYS}, reference
  FROM subscriptions.terms JOIN subscriptions.accounts USING (account_id)
  WHERE ends_on BETWEEN $1::date AND $2::date AND (ends_on, account_id) > ($3::date, $4)
    AND NOT EXISTS (
      SELECT FROM subscriptions.terms AS next
      WHERE next.account_id = terms.account_id AND next.starts_on = terms.ends_on + 1
    )
  ORDER BY ends_on, account_id LIMIT $5`;
