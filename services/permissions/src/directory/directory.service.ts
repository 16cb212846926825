import { AppError, type Payload, type Reply } from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { Clock } from '@account-backups/service-kit';
import { Injectable } from '@nestjs/common';
import { DirectoriesRepository } from './directories.repository.js';
import { rowsOf } from './directory-rows.js';
import { directoryFaults } from '../rules/directory-rules.js';

const SEEN_ACCOUNTS = 1_000;

/** Capitals, because they have no form that depends on the place in a word. */
function foldedName(name: string): string {
  return name.normalize('NFKC').toUpperCase().normalize('NFKC');
}

@Injectable()
export class DirectoryService {
  constructor(
    private readonly directories: DirectoriesRepository,
    private readonly bus: Bus,
    private readonly clock: Clock,
  ) {}

  async beginChange(): Promise<Reply<'permissions.begin-change'>> {
    return { turn: await this.directories.nextTurn() };
  }

  async sync({
    accountId,
    turn,
    directory,
    calledBy,
  }: Payload<'permissions.sync-directory'>): Promise<Reply<'permissions.sync-directory'>> {
    const errors = directoryFaults(directory);
    const [first] = errors;
    if (first) throw new AppError('VALIDATION_FAILED', `the directory: ${first.path}: ${first.message}`, { errors });
    const change = { accountId, turn, at: await this.clock.now(), calledBy };
    const [cut, ...others] = await this.directories.replace(change, rowsOf(directory));
    if (cut !== undefined)
      await this.bus.signal('session.ended', { accountId, userId: others.length > 0 ? null : cut });
    const { facilities, orgUnits, roles, users, userGroups } = directory;
    return {
      facilities: facilities.length,
      orgUnits: orgUnits.length,
      roles: roles.length,
      users: users.length,
      userGroups: userGroups.length,
    };
  }

  async getAccount({ accountId }: Payload<'permissions.get-account'>): Promise<Reply<'permissions.get-account'>> {
    const account = await this.directories.findAccount(accountId);
    if (!account) throw new AppError('NOT_FOUND', `account ${accountId} is not known`);
    return account;
  }

  /** Looks at a thousand accounts at most, so that a rare name costs more pages and none of them long. */
  async findAccounts({
    name,
    afterAccountId,
    limit,
  }: Payload<'permissions.find-accounts'>): Promise<Reply<'permissions.find-accounts'>> {
    const seen = await this.directories.accountsAfter(afterAccountId ?? '', SEEN_ACCOUNTS);
    const part = foldedName(name ?? '');
    const accounts = seen.filter((account) => foldedName(account.name).includes(part)).slice(0, limit);
    const last = accounts.length === limit ? accounts.at(-1) : seen[SEEN_ACCOUNTS - 1];
    return { accounts, nextAccountId: last?.accountId ?? null };
  }

  async findOrgUnits({
    accountId,
    orgUnitIds,
  }: Payload<'permissions.find-org-units'>): Promise<Reply<'permissions.find-org-units'>> {
    return { orgUnits: await this.directories.findOrgUnits(accountId, orgUnitIds) };
  }

  async listOrgUnitIds({
    accountId,
  }: Payload<'permissions.list-org-unit-ids'>): Promise<Reply<'permissions.list-org-unit-ids'>> {
    await this.getAccount({ accountId });
    return { orgUnitIds: await this.directories.orgUnitIdsOf(accountId) };
  }

  async listAccounts({
    accountIds,
  }: Payload<'permissions.list-accounts'>): Promise<Reply<'permissions.list-accounts'>> {
    return { accounts: await this.directories.findAccounts(accountIds) };
  }
}
