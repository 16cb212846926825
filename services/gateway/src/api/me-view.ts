import type { Access, Reply } from '@account-backups/contracts';
import type { Me } from './replies.js';

interface Known {
  readonly access: Access;
  readonly state: Reply<'backups.get-request-state'>;
  readonly nextScanAt: string | null;
  readonly renewUrl: string;
}

/** What the page needs to know about the person in front of it. */
export function meView({ access, state, nextScanAt, renewUrl }: Known): Me {
  const { account, user, siteAdmin, facilityAdminOf } = access;
  const { subscription, canManageBackups, canRequestBackup, cannotRequestBecause } = state;
  return {
    userId: user.userId,
    name: user.name,
    account,
    siteAdmin,
    facilityAdminOf,
    canManageBackups,
    subscription: {
      state: subscription?.state ?? 'unknown',
      endsOn: subscription?.endsOn ?? null,
      endsAt: subscription?.endsAt ?? null,
      renewUrl,
    },
    nextScanAt,
    canRequestBackup,
    cannotRequestBecause,
  };
}
