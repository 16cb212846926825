import {
  AppError,
  type Access,
  type BackupRequest,
  type PermittedOrgUnits,
  type Reply,
  type SubscriptionState,
} from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { Injectable } from '@nestjs/common';
import { BackupsRepository } from './backups.repository.js';
import { resolveScope } from './scope-resolution.js';

export interface ResolvedRequest {
  readonly access: Access;
  readonly scope: PermittedOrgUnits;
  readonly allOrgUnits: boolean;
}

/** The rules that a request for a backup must keep, asked of those who know. */
@Injectable()
export class RequestRulesService {
  constructor(
    private readonly bus: Bus,
    private readonly backups: BackupsRepository,
  ) {}

  /** The frozen scope of a request, or the refusal that its scope or options meet. */
  async resolve(accountId: string, userId: string, request: BackupRequest): Promise<ResolvedRequest> {
    const [access, permitted] = await Promise.all([
      this.bus.request('permissions.get-access', { accountId, userId }),
      this.bus.request('permissions.list-permitted-org-units', { accountId, userId }),
    ]);
    const scope = resolveScope(permitted, request);
    return { access, scope, allOrgUnits: coversAccount(scope, access) };
  }

  /** Throws unless the account has a valid subscription now. */
  async refuseUnlessSubscribed({ access: { account } }: ResolvedRequest): Promise<void> {
    const subscription = await this.subscriptionOf(account);
    if (subscription.state !== 'valid') {
      throw new AppError(
        'SUBSCRIPTION_REQUIRED',
        `the account's subscription is ${subscription.state}, expected valid`,
      );
    }
  }

  /** Whether a person could request a backup now, and the first reason if not. */
  async requestState(accountId: string, userId: string): Promise<Reply<'backups.get-request-state'>> {
    const access = await this.bus.request('permissions.get-access', { accountId, userId });
    const [subscription, pending] = await Promise.all([
      this.subscriptionOf(access.account),
      this.backups.hasPending(accountId),
    ]);
    const canManageBackups = access.orgUnitIds.length > 0;
    const because = reasonAgainst(canManageBackups, subscription, pending);
    return { canManageBackups, subscription, canRequestBackup: because === null, cannotRequestBecause: because };
  }

  private subscriptionOf({ accountId, timeZone }: Access['account']): Promise<SubscriptionState> {
    return this.bus.request('subscriptions.get-state', { accountId, timeZone });
  }
}

/** The two answers may stem from before and after a change of the directory: then equal counts mean nothing. */
function coversAccount({ orgUnits }: PermittedOrgUnits, { orgUnitIds, accountOrgUnitCount }: Access): boolean {
  if (orgUnits.length !== accountOrgUnitCount) return false;
  const known = new Set(orgUnitIds);
  return orgUnits.every(({ orgUnitId }) => known.has(orgUnitId));
}

function reasonAgainst(
  canManageBackups: boolean,
  subscription: SubscriptionState,
  pending: boolean,
): Reply<'backups.get-request-state'>['cannotRequestBecause'] {
  if (!canManageBackups) return 'PERMISSION_MISSING';
  if (subscription.state !== 'valid') return 'SUBSCRIPTION_REQUIRED';
  return pending ? 'BACKUP_ALREADY_PENDING' : null;
}
