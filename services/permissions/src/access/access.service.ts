import { AppError, type Access, type Payload, type PermittedOrgUnits, type Reply } from '@account-backups/contracts';
import { Injectable } from '@nestjs/common';
import { AccessMemory } from './access-memory.js';
import { AccessRepository } from './access.repository.js';
import { asSeen } from './permitted-org-units.js';

/** About 50 MiB. */
const MAX_REMEMBERED_IDS = 500_000;

@Injectable()
export class AccessService {
  // Every request of the API asks for rights; reading ten thousand ids each time would slow all of them down.
  private readonly memory = new AccessMemory(MAX_REMEMBERED_IDS);

  constructor(private readonly access: AccessRepository) {}

  async getAccess({ accountId, userId }: Payload<'permissions.get-access'>): Promise<Access> {
    const edition = await this.access.findEdition(accountId);
    const known = edition === null ? null : this.memory.find(accountId, userId, edition);
    if (known) return known;
    const found = await this.access.findAccess(accountId, userId);
    if (!found) return nobody(accountId, userId);
    this.memory.remember(found.edition, found.access);
    return found.access;
  }

  async findUser({ accountId, subject }: Payload<'permissions.find-user'>): Promise<Reply<'permissions.find-user'>> {
    const user = await this.access.findUser(accountId, subject);
    if (user === null) throw new AppError('NOT_FOUND', `account ${accountId} has no user of that subject or id`);
    return { ...user, notBefore: user.notBefore?.toISOString() ?? null };
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
