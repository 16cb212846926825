import { AppError, hostId } from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { Checked } from '@account-backups/service-kit';
import { Controller, Get, Param } from '@nestjs/common';
import type { KnownOrgUnit } from '../api/replies.js';
import { ForProvisioning } from '../identity/caller.guard.js';

@Controller('api/v1/provisioning/accounts/:accountId/org-units/:orgUnitId')
@ForProvisioning()
export class OrgUnitsController {
  constructor(private readonly bus: Bus) {}

  @Get()
  async get(
    @Param('accountId', new Checked(hostId)) accountId: string,
    @Param('orgUnitId', new Checked(hostId)) orgUnitId: string,
  ): Promise<KnownOrgUnit> {
    await this.bus.request('permissions.get-account', { accountId });
    const { orgUnits } = await this.bus.request('permissions.find-org-units', { accountId, orgUnitIds: [orgUnitId] });
    const [known] = orgUnits;
    if (known) return known;
    throw new AppError('NOT_FOUND', `account ${accountId} has no OU ${orgUnitId}`);
  }
}
