import { AppError, type Access, type BackupOrder } from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { openPassword } from '@account-backups/password-seal';
import type { LiveKeyRing } from '@account-backups/service-kit/keys';
import { Inject, Injectable } from '@nestjs/common';
import { SEAL_KEYS } from '../config.js';

/** Asks for a backup's order each time: the sealed password lies in one row only and is wiped when the backup ends. */
@Injectable()
export class OrderDesk {
  constructor(
    private readonly bus: Bus,
    @Inject(SEAL_KEYS) private readonly keys: Pick<LiveKeyRing, 'current'>,
  ) {}

  /** The order of a backup that is in progress; throws `LEASE_LOST` when it is not, or no longer. */
  async running(accountId: string, backupId: string): Promise<BackupOrder> {
    const order = await this.bus.request('backups.get-order', { accountId, backupId });
    if (order.status === 'in_progress') return order;
    throw new AppError('LEASE_LOST', `backup ${backupId} is ${order.status}, expected in_progress`);
  }

  /** What the requester may do now. Throws `PERMISSION_LOST` unless that is still every OU of the frozen set. */
  async refuseUnlessPermitted({ account, createdBy, selection }: BackupOrder): Promise<Access> {
    const asked = { accountId: account.accountId, userId: createdBy.userId };
    const access = await this.bus.request('permissions.get-access', asked).catch((error: unknown) => {
      if (AppError.is(error, 'NOT_FOUND')) return null;
      throw error;
    });
    const permitted = new Set(access?.orgUnitIds);
    if (access && (access.siteAdmin || selection.orgUnitIds.every((id) => permitted.has(id)))) return access;
    throw new AppError('PERMISSION_LOST', 'the requester may no longer back up every OU of the backup');
  }

  /** The password in the clear, or undefined; throws `SEAL_UNREADABLE`. Drop it when the work at hand is done. */
  async passwordOf({ sealedPassword, account: { accountId }, backupId }: BackupOrder): Promise<string | undefined> {
    if (sealedPassword === null) return undefined;
    return openPassword(sealedPassword, this.keys.current.keys, { accountId, backupId });
  }
}
