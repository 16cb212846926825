import { SHOWN_ORG_UNITS, type PermittedOrgUnits } from '@account-backups/contracts';
import type { BackupEntity } from './backup.entity.js';

/** A row without its frozen set, which may be large, but with the first of its OUs. */
export interface ShownBackup extends Omit<BackupEntity, 'scope' | 'orgUnitIds'> {
  readonly orgUnits: PermittedOrgUnits['orgUnits'];
  readonly orgUnitCount: number;
}

export function shown({ scope: { orgUnits }, orgUnitIds: _ids, ...row }: BackupEntity): ShownBackup {
  return { ...row, orgUnits: orgUnits.slice(0, SHOWN_ORG_UNITS), orgUnitCount: orgUnits.length };
}

/** SQL: as `shown`, from the rows of $1. */
export const SHOWN_SCOPES = `
  SELECT backup_id AS "backupId", jsonb_path_query_array(scope, '$.orgUnits[0 to ${SHOWN_ORG_UNITS - 1}]') AS "orgUnits",
    jsonb_array_length(scope -> 'orgUnits') AS "orgUnitCount"
  FROM backups.backups WHERE backup_id = ANY($1::uuid[])`;
