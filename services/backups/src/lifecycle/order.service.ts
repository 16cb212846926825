import type { BackupOrder, Payload } from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { Injectable } from '@nestjs/common';
import { BackupsRepository } from '../rows/backups.repository.js';

/** What the zip-builder asks before it starts work. */
@Injectable()
export class OrderService {
  constructor(
    private readonly backups: BackupsRepository,
    private readonly bus: Bus,
  ) {}

  async getOrder({ accountId, backupId }: Payload<'backups.get-order'>): Promise<BackupOrder> {
    const backup = await this.backups.get(accountId, backupId);
    const account = await this.bus.request('permissions.get-account', { accountId });
    const { includeActive, includeInactive, excludeSuperseded } = backup;
    const options = { includeActive, includeInactive, excludeSuperseded };
    return {
      backupId,
      account,
      status: backup.status,
      createdAt: backup.createdAt.toISOString(),
      createdBy: { userId: backup.requestedById, name: backup.requestedByName },
      allOrgUnits: backup.allOrgUnits,
      scope: backup.scope,
      options,
      selection: { ...options, orgUnitIds: backup.scope.orgUnits.map(({ orgUnitId }) => orgUnitId) },
      sealedPassword: backup.sealedPassword,
    };
  }
}
