// Asks `permissions` which user an issuer means.
import { AppError } from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { Injectable } from '@nestjs/common';
import type { NamedPerson } from './caller.js';

@Injectable()
export class People {
  constructor(private readonly bus: Bus) {}

  /** The id of the user; undefined for one who is unknown or inactive. */
  async findUser({ accountId, subject }: Pick<NamedPerson, 'accountId' | 'subject'>): Promise<string | undefined> {
    try {
      return (await this.bus.request('permissions.find-user', { accountId, subject })).userId;
    } catch (error) {
      if (AppError.is(error, 'NOT_FOUND')) return undefined;
      throw error;
    }
  }
}
