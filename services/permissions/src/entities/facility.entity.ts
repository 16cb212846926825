import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'facilities' })
export class FacilityEntity {
  @PrimaryColumn({ name: 'account_id', type: 'text', collation: 'C', primaryKeyConstraintName: 'facilities_key' })
  readonly accountId!: string;

  @PrimaryColumn({ name: 'facility_id', type: 'text', collation: 'C', primaryKeyConstraintName: 'facilities_key' })
  readonly facilityId!: string;

  @Column({ name: 'name', type: 'text' })
  readonly name!: string;
}
