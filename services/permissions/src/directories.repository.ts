import type { Account } from '@account-backups/contracts';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { DirectoryRows } from './directory-rows.js';
import { replacements } from './directory-tables.js';

@Injectable()
export class DirectoriesRepository {
  constructor(private readonly database: DataSource) {}

  /** All or nothing; one writer of an account at a time, while readers go on with what was there before. */
  async replace(accountId: string, rows: DirectoryRows): Promise<void> {
    const { name, timeZone, enterprise, orgUnitCount } = rows.account;
    await this.database.transaction(async (manager) => {
      // First, because the row of the account holds every other writer off until the end.
      await manager.query(UPSERT_ACCOUNT, [accountId, name, timeZone, enterprise, orgUnitCount]);
      // Nothing is known of how many rows come in; a wrong guess would compare each with each.
      await manager.query('SET LOCAL enable_nestloop = off');
      for (const [table, replacement] of replacements) {
        await manager.query(replacement, [accountId, JSON.stringify(rows[table])]);
      }
    });
  }

  async findAccount(accountId: string): Promise<Account | null> {
    const accounts: Account[] = await this.database.query(FIND_ACCOUNT, [accountId]);
    return accounts[0] ?? null;
  }

  /** Those that are known. */
  async findAccounts(accountIds: readonly string[]): Promise<Account[]> {
    return this.database.query(FIND_ACCOUNTS, [accountIds]);
  }
}

const UPSERT_ACCOUNT = `
  INSERT INTO accounts (account_id, name, time_zone, enterprise, org_unit_count) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (account_id) DO UPDATE SET name = excluded.name, time_zone = excluded.time_zone,
    enterprise = excluded.enterprise, org_unit_count = excluded.org_unit_count`;

const ACCOUNTS = `SELECT account_id AS "accountId", name, time_zone AS "timeZone", enterprise FROM accounts`;

const FIND_ACCOUNT = `${ACCOUNTS} WHERE account_id = $1`;

const FIND_ACCOUNTS = `${ACCOUNTS} WHERE account_id = ANY ($1)`;
