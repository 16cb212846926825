import { createHash } from 'node:crypto';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A set of OUs that backups of an account were frozen to; they share it. */
@Entity({ name: 'scopes' })
export class ScopeEntity {
  @PrimaryColumn({ name: 'account_id', type: 'text', primaryKeyConstraintName: 'scopes_key' })
  readonly accountId!: string;

  @PrimaryColumn({ name: 'scope_key', type: 'text', primaryKeyConstraintName: 'scopes_key' })
  readonly scopeKey!: string;

  @Column({ name: 'org_unit_ids', type: 'text', array: true })
  readonly orgUnitIds!: string[];
}

/** The same for the same OUs in any order. SHA-256, so that nobody can choose OUs that pass for others. */
export function scopeKeyOf(orgUnitIds: readonly string[]): string {
  return createHash('sha256').update(orgUnitIds.toSorted().join(' ')).digest('hex');
}
