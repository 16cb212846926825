import { AppError, type Access, type Payload, type PermittedOrgUnits } from '@account-backups/contracts';
import { Injectable } from '@nestjs/common';
import { AccessRepository } from './access.repository.js';
import { asSeen } from './permitted-org-units.js';

@Injectable()
export class AccessService {
  constructor(private readonly access: AccessRepository) {}

  async getAccess({ accountId, userId }: Payload<'permissions.get-access'>): Promise<Access> {
    return (await this.access.findAccess(accountId, userId)) ?? nobody(accountId, userId);
  }

  async listPermittedOrgUnits({
    accountId,
    userId,
  }: Payload<'permissions.list-permitted-org-units'>): Promise<PermittedOrgUnits> {
    const permitted = await this.access.findPermitted(accountId, userId);
    return permitted ? asSeen(permitted) : nobody(accountId, userId);
  }
}

function nobody(accountId: string, userId: string): never {
  throw new AppError('NOT_FOUND', `account ${accountId} has no active user ${userId}`);
}
