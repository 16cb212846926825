import type { Account } from '@account-backups/contracts';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
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
  readonly by: string;
  readonly note: string;
}

export interface Decision {
  readonly now: () => Date;
  readonly decide: (terms: readonly Term[], now: Date) => TermChange | undefined;
}

/** An account's terms and what was done to them, both as of one moment. */
export interface TermsRecord {
  readonly terms: Term[];
  readonly history: HistoryEntry[];
}

export interface EndingTerm extends Term {
  readonly accountId: string;
  readonly accountName: string;
  readonly timeZone: string;
}

/** Terms that end from one day to another, behind a last one that was seen. */
export interface EndingQuestion {
  readonly from: string;
  readonly to: string;
  readonly after: { readonly endsOn: string; readonly accountId: string } | null;
  readonly limit: number;
}

@Injectable()
export class TermsRepository {
  constructor(private readonly database: DataSource) {}

  /** In order. */
  async termsOf(accountId: string): Promise<Term[]> {
    return this.database.query(TERMS, [accountId]);
  }

  /** Terms in order, and the history of them, the oldest first. */
  async recordOf(accountId: string): Promise<TermsRecord> {
    return this.database.transaction('REPEATABLE READ', async (manager) => {
      const terms: Term[] = await manager.query(TERMS, [accountId]);
      const rows: (Omit<HistoryEntry, 'at'> & { at: Date })[] = await manager.query(HISTORY, [accountId]);
      return { terms, history: rows.map((row) => ({ ...row, at: row.at.toISOString() })) };
    });
  }

  /**
   * Makes the change that `decide` gives for the terms as they are at `now`, which it asks for when nobody else changes
   * them any more: so the order of a history is the order of its times.
   */
  async change(account: Account, { by, note }: Signature, { now, decide }: Decision): Promise<void> {
    await this.database.transaction(async (manager) => {
      // First, because the row of the account holds every other writer off until the end.
      await manager.query(KNOW_ACCOUNT, [account.accountId, account.name, account.timeZone]);
      const at = now();
      const change = decide(await manager.query(TERMS, [account.accountId]), at);
      if (!change) return;
      await apply(manager, account.accountId, change);
      const { startsOn, endsOn, reference } = change.term;
      await manager.query(INSERT_CHANGE, [account.accountId, at, by, change.action, startsOn, endsOn, reference, note]);
    });
  }

  /** By last day, then account. A term that another one follows on the next day does not end anything. */
  async ending({ from, to, after, limit }: EndingQuestion): Promise<EndingTerm[]> {
    return this.database.query(ENDING, [from, to, after?.endsOn ?? from, after?.accountId ?? '', limit]);
  }
}

async function apply(manager: EntityManager, accountId: string, { action, term }: TermChange): Promise<void> {
  const { startsOn, endsOn, reference } = term;
  switch (action) {
    case 'started':
      await manager.query('INSERT INTO terms (account_id, starts_on, ends_on, reference) VALUES ($1, $2, $3, $4)', [
        accountId,
        startsOn,
        endsOn,
        reference,
      ]);
      return;
    case 'extended':
    case 'ended':
      await manager.query('UPDATE terms SET ends_on = $3 WHERE account_id = $1 AND starts_on = $2', [
        accountId,
        startsOn,
        endsOn,
      ]);
      return;
    case 'withdrawn':
      await manager.query('DELETE FROM terms WHERE account_id = $1 AND starts_on = $2', [accountId, startsOn]);
  }
}

// as text: a date would come as midnight in the time zone of this process
const DAYS = `starts_on::text AS "startsOn", ends_on::text AS "endsOn"`;

const TERMS = `SELECT ${DAYS}, reference FROM terms WHERE account_id = $1 ORDER BY starts_on`;

const HISTORY = `
  SELECT changed_at AS at, changed_by AS by, action, ${DAYS}, reference, note
  FROM term_changes WHERE account_id = $1 ORDER BY change_number`;

const KNOW_ACCOUNT = `
  INSERT INTO accounts (account_id, name, time_zone) VALUES ($1, $2, $3)
  ON CONFLICT (account_id) DO UPDATE SET name = excluded.name, time_zone = excluded.time_zone`;

const INSERT_CHANGE = `
  INSERT INTO term_changes (account_id, changed_at, changed_by, action, starts_on, ends_on, reference, note)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`;

const ENDING = `
  SELECT account_id AS "accountId", accounts.name AS "accountName", time_zone AS "timeZone", ${DAYS}, reference
  FROM terms JOIN accounts USING (account_id)
  WHERE ends_on BETWEEN $1::date AND $2::date AND (ends_on, account_id) > ($3::date, $4)
    AND NOT EXISTS (
      SELECT FROM terms AS next WHERE next.account_id = terms.account_id AND next.starts_on = terms.ends_on + 1
    )
  ORDER BY ends_on, account_id LIMIT $5`;
