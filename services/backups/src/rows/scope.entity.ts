import { createHash } from 'node:crypto';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A frozen set of OUs, shared by all backups of an account that have it. */
@Entity({ name: 'scopes' })
export class ScopeEntity {
  @PrimaryColumn({ name: 'account_id', type: 'text', primaryKeyConstraintName: 'scopes_key' })
  readonly accountId!: string;

  @PrimaryColumn({ name: 'scope_key', type: 'text', primaryKeyConstraintName: 'scopes_key' })
  readonly scopeKey!: string;

  @Column({ name: 'org_unit_ids', type: 'text', array: true })
  readonly orgUnitIds!: string[];
}

/** Among the OUs of a scope that only Site Admins see: no OU has such an id, so nobody else has a right in it. */
const SITE_ADMINS_ONLY = '*';

/** The same OUs, for Site Admins alone. */
export function forSiteAdmins(orgUnitIds: readonly string[]): string[] {
  return [...new Set([...orgUnitIds, SITE_ADMINS_ONLY])];
}

/** The same for the same OUs in any order. SHA-256, so nobody can choose OUs whose key equals that of others. */
export function scopeKeyOf(orgUnitIds: readonly string[]): string {
  return createHash('sha256').update(orgUnitIds.toSorted().join(' ')).digest('hex');
}
