import { AppError } from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { Controller, Get, Inject } from '@nestjs/common';
import { CONFIG, type GatewayConfig } from '../config.js';
import type { Person } from '../identity/caller.js';
import { CurrentPerson, ForPersons } from '../identity/caller.guard.js';
import { meView, type MeView } from './me-view.js';

@Controller('api/v1')
@ForPersons()
export class MeController {
  constructor(
    private readonly bus: Bus,
    @Inject(CONFIG) private readonly config: Pick<GatewayConfig, 'RENEW_URL'>,
  ) {}

  @Get('me')
  async me(@CurrentPerson() { accountId, userId }: Person): Promise<MeView> {
    const [access, state, next] = await Promise.all([
      this.bus.request('permissions.get-access', { accountId, userId }),
      this.bus.request('backups.get-request-state', { accountId, userId }),
      this.bus.request('scheduler.get-next-scan', {}),
    ]).catch((error: unknown) => {
      throw AppError.is(error, 'NOT_FOUND') ? new AppError('UNAUTHENTICATED', 'sign in first') : error;
    });
    return meView({ access, state, nextScanAt: next.nextScanAt, renewUrl: this.config.RENEW_URL });
  }

  @Get('org-units')
  orgUnits(@CurrentPerson() { accountId, userId }: Person) {
    return this.bus.request('permissions.list-permitted-org-units', { accountId, userId });
  }
}
