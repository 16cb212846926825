import type { Account } from '@account-backups/contracts';
import { Injectable } from '@nestjs/common';
import { Any, DataSource, type Repository } from 'typeorm';
import { AccountEntity } from '../entities/account.entity.js';
import type { DirectoryRows } from './directory-rows.js';
import { replacementsIn } from './directory-tables.js';

@Injectable()
export class DirectoriesRepository {
  private readonly accounts: Repository<AccountEntity>;
  private readonly replacements: ReturnType<typeof replacementsIn>;

  constructor(private readonly database: DataSource) {
    this.accounts = database.getRepository(AccountEntity);
    this.replacements = replacementsIn(database);
  }

  /** All or nothing. Writers of one account take turns; readers see the old directory until the new one is complete. */
  async replace(accountId: string, rows: DirectoryRows): Promise<void> {
    await this.database.transaction(async (manager) => {
      // First: the row of the account keeps other writers out until the end.
      await manager.upsert(AccountEntity, { accountId, ...rows.account }, ['accountId']);
      // Postgres cannot know how many rows come in; a wrong guess would compare each with each.
      await manager.query('SET LOCAL enable_nestloop = off');
      for (const [table, replacement] of this.replacements) {
        await manager.query(replacement, [accountId, JSON.stringify(rows[table])]);
      }
    });
  }

  async findAccount(accountId: string): Promise<Account | null> {
    const row = await this.accounts.findOneBy({ accountId });
    return row && accountOf(row);
  }

  /** Leaves out accounts that are not known. */
  async findAccounts(accountIds: readonly string[]): Promise<Account[]> {
    const rows = await this.accounts.findBy({ accountId: Any(accountIds) });
    return rows.map(accountOf);
  }
}

function accountOf({ accountId, name, timeZone, enterprise }: AccountEntity): Account {
  return { accountId, name, timeZone, enterprise };
}
