import {
  AppError,
  nullIfAway,
  SPARE_TIMEOUT_MS,
  type Access,
  type BackupRequest,
  type PermittedOrgUnits,
  type Reply,
  type SubscriptionState,
} from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { Injectable } from '@nestjs/common';
import { BackupsRepository } from '../rows/backups.repository.js';
import { resolveScope } from './scope-resolution.js';

export interface ResolvedRequest {
  readonly access: Access;
  readonly scope: PermittedOrgUnits;
  readonly allOrgUnits: boolean;
}

/** The rules for requesting a backup, checked against what other services know. */
@Injectable()
export class RequestRulesService {
  constructor(
    private readonly bus: Bus,
    private readonly backups: BackupsRepository,
  ) {}

  /** The frozen scope of a request; throws the refusal that its scope or options deserve. */
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
      this.subscriptionOf(access.account, { timeoutMs: SPARE_TIMEOUT_MS }).catch(nullIfAway),
      this.backups.hasPending(accountId),
    ]);
    const canManageBackups = access.orgUnitIds.length > 0;
    const because = reasonAgainst(canManageBackups, subscription, pending);
    return { canManageBackups, subscription, canRequestBackup: because === null, cannotRequestBecause: because };
  }

  private subscriptionOf(
    { accountId, timeZone }: Access['account'],
    patience: { readonly timeoutMs?: number } = {},
  ): Promise<SubscriptionState> {
    return this.bus.request('subscriptions.get-state', { accountId, timeZone }, patience);
  }
}

/** The directory may have changed between the two answers, so equal counts alone prove nothing. */
function coversAccount({ orgUnits }: PermittedOrgUnits, { orgUnitIds, accountOrgUnitCount }: Access): boolean {
  if (orgUnits.length !== accountOrgUnitCount) return false;
  const known = new Set(orgUnitIds);
  return orgUnits.every(({ orgUnitId }) => known.has(orgUnitId));
}

function reasonAgainst(
  canManageBackups: boolean,
  subscription: SubscriptionState | null,
  pending: boolean,
): Reply<'backups.get-request-state'>['cannotRequestBecause'] {
  if (!canManageBackups) return 'PERMISSION_MISSING';
  if (subscription && subscription.state !== 'valid') return 'SUBSCRIPTION_REQUIRED';
  return pending ? 'BACKUP_ALREADY_PENDING' : null;
}
