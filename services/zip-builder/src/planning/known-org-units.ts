import type { Access, BackupOrder } from '@account-backups/contracts';

/**
 * The OUs in which a document lies somewhere: those of the frozen set and those of now. Null unless a Site Admin backs
 * up all OUs: to others a document that lies in none is invisible.
 */
export function knownOrgUnits(
  { allOrgUnits, selection }: Pick<BackupOrder, 'allOrgUnits' | 'selection'>,
  { siteAdmin, orgUnitIds }: Pick<Access, 'siteAdmin' | 'orgUnitIds'>,
): readonly string[] | null {
  return allOrgUnits && siteAdmin ? [...new Set([...selection.orgUnitIds, ...orgUnitIds])] : null;
}
