import { AppError, usableZone, type Account, type CalledBy } from '@account-backups/contracts';
import { comesLater, nextOf } from '@account-backups/database';
import { byProgram, Trail, type Happening } from '@account-backups/service-kit';
import { Injectable } from '@nestjs/common';
import { Any, DataSource, MoreThan, type EntityManager, type Repository } from 'typeorm';
import { AccountEntity } from '../entities/account.entity.js';
import { OrgUnitEntity } from '../entities/org-unit.entity.js';
import type { DirectoryRows } from './directory-rows.js';
import { sessionEnded } from '../sessions/session-trail.js';
import { cutOff, type CutOff } from '../sessions/sessions.repository.js';
import { replacementsIn } from './directory-tables.js';

@Injectable()
export class DirectoriesRepository {
  private readonly accounts: Repository<AccountEntity>;
  private readonly replacements: ReturnType<typeof replacementsIn>;

  constructor(
    private readonly database: DataSource,
    private readonly trail: Trail,
  ) {
    this.accounts = database.getRepository(AccountEntity);
    this.replacements = replacementsIn(database);
  }

  /** The turn of a directory that comes now. */
  nextTurn(): Promise<number> {
    return nextOf(this.database, 'permissions.turns');
  }

  /**
   * All or nothing. One writer of an account waits for the other; readers see the old directory until the new one is
   * complete. Throws `OLDER_REVISION` when a higher revision is known; a directory of the same revision, or one of the
   * two without any, counts unless what is known is of a later turn. Gives who is active no longer.
   */
  async replace({ accountId, turn, at, calledBy }: Change, rows: DirectoryRows): Promise<string[]> {
    return this.trail.transaction(async (manager, note) => {
      // First: the row of the account keeps other writers out until the end.
      const { revision, name, timeZone, enterprise, orgUnitCount } = rows.account;
      const values = [accountId, turn, revision, name, timeZone, enterprise, orgUnitCount];
      const written: unknown[] = await manager.query(UPSERT_ACCOUNT, values);
      if (written.length === 0) {
        await refuseIfOlder(manager, accountId, revision);
        return [];
      }
      // Postgres cannot know how many rows come in; a wrong guess would compare each with each.
      await manager.query('SET LOCAL enable_nestloop = off');
      const activeIds = rows.users.filter(({ active }) => active).map((user) => user.user_id);
      const cut = await cutOff(manager, accountId, activeIds);
      for (const [table, replacement] of this.replacements) {
        await manager.query(replacement, [accountId, JSON.stringify(rows[table])]);
      }
      const by = byProgram(calledBy);
      note(changed({ chainId: accountId, at, by }, rows, cut.length));
      for (const session of cut.flatMap(sessionsOf)) {
        note(sessionEnded({ ...session, accountId }, at, { because: 'person_inactive', by }));
      }
      return cut.map(({ userId }) => userId);
    });
  }

  /** Leaves out OUs that the account does not have. */
  async findOrgUnits(
    accountId: string,
    orgUnitIds: readonly string[],
  ): Promise<Pick<OrgUnitEntity, 'orgUnitId' | 'name'>[]> {
    const rows = await this.database.getRepository(OrgUnitEntity).findBy({ accountId, orgUnitId: Any(orgUnitIds) });
    return rows.map(({ orgUnitId, name }) => ({ orgUnitId, name }));
  }

  async orgUnitIdsOf(accountId: string): Promise<string[]> {
    const orgUnits = this.database.getRepository(OrgUnitEntity);
    const rows = await orgUnits.find({ select: { orgUnitId: true }, where: { accountId } });
    return rows.map(({ orgUnitId }) => orgUnitId);
  }

  async findAccount(accountId: string): Promise<Account | null> {
    const row = await this.accounts.findOneBy({ accountId });
    return row && accountOf(row);
  }

  /** By id, behind one of them. */
  async accountsAfter(accountId: string, limit: number): Promise<Account[]> {
    const where = { accountId: MoreThan(accountId) };
    return (await this.accounts.find({ where, order: { accountId: 'ASC' }, take: limit })).map(accountOf);
  }

  /** Leaves out accounts that are not known. */
  async findAccounts(accountIds: readonly string[]): Promise<Account[]> {
    const rows = await this.accounts.findBy({ accountId: Any(accountIds) });
    return rows.map(accountOf);
  }
}

/** Whose directory changes, in which turn, when, and who asks for it. */
interface Change {
  readonly accountId: string;
  readonly turn: number;
  readonly at: Date;
  readonly calledBy?: CalledBy | undefined;
}

function sessionsOf({ userId, name: userName, sessionIds }: CutOff) {
  return (sessionIds ?? []).map((sessionId) => ({ sessionId, userId, userName }));
}

function changed(done: Pick<Happening, 'chainId' | 'at' | 'by'>, rows: DirectoryRows, deactivated: number): Happening {
  const { revision, orgUnitCount: orgUnits } = rows.account;
  const counts = { orgUnits, users: rows.users.length, userGroups: rows.user_groups.length, deactivated };
  const details = { ...(revision !== null && { revision }), ...counts };
  return { ...done, action: 'directory.changed', subject: `account/${done.chainId}`, details };
}

function accountOf({ accountId, name, timeZone, enterprise }: AccountEntity): Account {
  return { accountId, name, timeZone: usableZone(timeZone), enterprise };
}

/** The row that kept the directory out is locked: it is the one that was compared. */
async function refuseIfOlder(manager: EntityManager, accountId: string, found: number | null): Promise<void> {
  const known = await manager.findOneByOrFail(AccountEntity, { accountId });
  if (found === null || known.revision === null || found >= known.revision) return;
  const message = `expected at least ${known.revision}, which is known already, not ${found}`;
  const errors = [{ path: 'revision', message }];
  throw new AppError('OLDER_REVISION', `the directory of account ${accountId}: revision: ${message}`, { errors });
}

const UPSERT_ACCOUNT = `
  INSERT INTO permissions.accounts AS known (account_id, turn, revision, name, time_zone, enterprise, org_unit_count)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (account_id) DO UPDATE SET
    turn = excluded.turn, revision = greatest(known.revision, excluded.revision),
    name = excluded.name, time_zone = excluded.time_zone, enterprise = excluded.enterprise,
    org_unit_count = excluded.org_unit_count
  WHERE ${comesLater('known', 'excluded')}
  RETURNING account_id`;
