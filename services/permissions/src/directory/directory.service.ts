import { AppError, type Payload, type Reply } from '@account-backups/contracts';
import { Injectable } from '@nestjs/common';
import { DirectoriesRepository } from './directories.repository.js';
import { rowsOf } from './directory-rows.js';
import { directoryFaults } from '../rules/directory-rules.js';

@Injectable()
export class DirectoryService {
  constructor(private readonly directories: DirectoriesRepository) {}

  async beginChange(): Promise<Reply<'permissions.begin-change'>> {
    return { turn: await this.directories.nextTurn() };
  }

  async sync({
    accountId,
    turn,
    directory,
  }: Payload<'permissions.sync-directory'>): Promise<Reply<'permissions.sync-directory'>> {
    const errors = directoryFaults(directory);
    const [first] = errors;
    if (first) throw new AppError('VALIDATION_FAILED', `the directory: ${first.path}: ${first.message}`, { errors });
    await this.directories.replace(accountId, turn, rowsOf(directory));
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

  async findOrgUnits({
    accountId,
    orgUnitIds,
  }: Payload<'permissions.find-org-units'>): Promise<Reply<'permissions.find-org-units'>> {
    return { orgUnits: await this.directories.findOrgUnits(accountId, orgUnitIds) };
  }

  async listAccounts({
    accountIds,
  }: Payload<'permissions.list-accounts'>): Promise<Reply<'permissions.list-accounts'>> {
    return { accounts: await this.directories.findAccounts(accountIds) };
  }
}
