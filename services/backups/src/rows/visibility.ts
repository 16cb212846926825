import type { Access } from '@account-backups/contracts';

/** What decides which backups a person sees: every one of the account, or those wholly within these OUs. */
export interface Sight {
  readonly accountId: string;
  readonly everything: boolean;
  readonly orgUnitIds: readonly string[];
}

/** What a person with this access sees now. */
export function sightOf(access: Access): Sight {
  return { accountId: access.account.accountId, everything: access.siteAdmin, orgUnitIds: access.orgUnitIds };
}
