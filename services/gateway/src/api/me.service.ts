import { AppError, nullIfAway, SPARE_TIMEOUT_MS } from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type GatewayConfig } from '../config.js';
import { meView } from './me-view.js';
import type { Me } from './replies.js';

/** Who somebody is and what they may do, gathered from the services that know. */
@Injectable()
export class MeService {
  constructor(
    private readonly bus: Bus,
    @Inject(CONFIG) private readonly config: Pick<GatewayConfig, 'RENEW_URL'>,
  ) {}

  /** Throws `UNAUTHENTICATED` for a person that is unknown or inactive. */
  async me(accountId: string, userId: string): Promise<Me> {
    const [access, state, nextScanAt] = await Promise.all([
      this.bus.request('permissions.get-access', { accountId, userId }),
      this.bus.request('backups.get-request-state', { accountId, userId }),
      this.nextScanAt(),
    ]).catch((error: unknown) => {
      throw AppError.is(error, 'NOT_FOUND') ? new AppError('UNAUTHENTICATED', 'sign in first') : error;
    });
    return meView({ access, state, nextScanAt, renewUrl: this.config.RENEW_URL });
  }

  /** Null while the scheduler is away: nobody needs it to see backups or to request one. */
  private async nextScanAt(): Promise<string | null> {
    const patience = { timeoutMs: SPARE_TIMEOUT_MS };
    const known = await this.bus.request('scheduler.get-next-scan', {}, patience).catch(nullIfAway);
    return known?.nextScanAt ?? null;
  }
}
