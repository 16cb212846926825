import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'org_units' })
export class OrgUnitEntity {
  @PrimaryColumn({ name: 'account_id', type: 'text', collation: 'C', primaryKeyConstraintName: 'org_units_key' })
  readonly accountId!: string;

  @PrimaryColumn({ name: 'org_unit_id', type: 'text', collation: 'C', primaryKeyConstraintName: 'org_units_key' })
  readonly orgUnitId!: string;

  @Column({ name: 'name', type: 'text' })
  readonly name!: string;

  /** Inherited from the parent where the host system names none. */
  @Column({ name: 'facility_id', type: 'text', collation: 'C', nullable: true })
  readonly facilityId!: string | null;

  @Column({ name: 'parent_org_unit_id', type: 'text', collation: 'C', nullable: true })
  readonly parentOrgUnitId!: string | null;

  /** Its number in a walk of the tree, parents first: a unit and all below it have consecutive numbers. */
  @Column({ name: 'place', type: 'integer' })
  readonly place!: number;
}
