import type { Access, Reply } from '@account-backups/contracts';

interface Known {
  readonly access: Access;
  readonly state: Reply<'backups.get-request-state'>;
  readonly nextScanAt: string;
  readonly renewUrl: string;
}

/** What the page must know of the person who looks at it. */
export function meView({ access, state, nextScanAt, renewUrl }: Known) {
  const { account, user, siteAdmin, facilityAdminOf } = access;
  const { subscription, canManageBackups, canRequestBackup, cannotRequestBecause } = state;
  return {
    userId: user.userId,
    name: user.name,
    account,
    siteAdmin,
    facilityAdminOf,
    canManageBackups,
    subscription: { state: subscription.state, endsOn: subscription.endsOn, endsAt: subscription.endsAt, renewUrl },
    nextScanAt,
    canRequestBackup,
    cannotRequestBecause,
  };
}
export type MeView = ReturnType<typeof meView>;
