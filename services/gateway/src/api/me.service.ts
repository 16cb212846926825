import { AppError } from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type GatewayConfig } from '../config.js';
import { meView, type MeView } from './me-view.js';

/** Who somebody is and what they may do, put together from those who know. */
@Injectable()
export class MeService {
  constructor(
    private readonly bus: Bus,
    @Inject(CONFIG) private readonly config: Pick<GatewayConfig, 'RENEW_URL'>,
  ) {}

  /** Throws `UNAUTHENTICATED` for a person that is unknown or inactive. */
  async me(accountId: string, userId: string): Promise<MeView> {
    const [access, state, next] = await Promise.all([
      this.bus.request('permissions.get-access', { accountId, userId }),
      this.bus.request('backups.get-request-state', { accountId, userId }),
      this.bus.request('scheduler.get-next-scan', {}),
    ]).catch((error: unknown) => {
      throw AppError.is(error, 'NOT_FOUND') ? new AppError('UNAUTHENTICATED', 'sign in first') : error;
    });
    return meView({ access, state, nextScanAt: next.nextScanAt, renewUrl: this.config.RENEW_URL });
  }
}
