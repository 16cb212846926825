// Asks `permissions` which user an issuer means.
import { AppError, type Reply } from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { Injectable } from '@nestjs/common';
import type { NamedPerson } from './caller.js';

@Injectable()
export class People {
  constructor(private readonly bus: Bus) {}

  /** Undefined for one who is unknown. */
  async findUser({
    accountId,
    subject,
  }: Pick<NamedPerson, 'accountId' | 'subject'>): Promise<Reply<'permissions.find-user'> | undefined> {
    try {
      return await this.bus.request('permissions.find-user', { accountId, subject });
    } catch (error) {
      if (AppError.is(error, 'NOT_FOUND')) return undefined;
      throw error;
    }
  }
}
