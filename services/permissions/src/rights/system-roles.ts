import { ADMINISTRATION_EDITOR, MANAGE_BACKUPS } from '@account-backups/contracts';

/** Roles that exist in every account and are the same in each: role → permissions. */
export const systemRoles: ReadonlyMap<string, readonly string[]> = new Map([[ADMINISTRATION_EDITOR, [MANAGE_BACKUPS]]]);
