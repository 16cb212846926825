import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A role that a group has in named OUs. */
@Entity({ name: 'grants' })
export class GrantEntity {
  @PrimaryColumn({ name: 'account_id', type: 'text', collation: 'C', primaryKeyConstraintName: 'grants_key' })
  readonly accountId!: string;

  @PrimaryColumn({ name: 'user_group_id', type: 'text', collation: 'C', primaryKeyConstraintName: 'grants_key' })
  readonly userGroupId!: string;

  /** Its index among the grants of the group, as the host system listed them. */
  @PrimaryColumn({ name: 'position', type: 'integer', primaryKeyConstraintName: 'grants_key' })
  readonly position!: number;

  @Column({ name: 'role_id', type: 'text', collation: 'C' })
  readonly roleId!: string;

  @Column({ name: 'org_unit_ids', type: 'text', array: true })
  readonly orgUnitIds!: string[];

  @Column({ name: 'include_sub_units', type: 'boolean' })
  readonly includeSubUnits!: boolean;
}
