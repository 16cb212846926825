import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'user_groups' })
export class UserGroupEntity {
  @PrimaryColumn({ name: 'account_id', type: 'text', collation: 'C', primaryKeyConstraintName: 'user_groups_key' })
  readonly accountId!: string;

  @PrimaryColumn({ name: 'user_group_id', type: 'text', collation: 'C', primaryKeyConstraintName: 'user_groups_key' })
  readonly userGroupId!: string;

  @Column({ name: 'name', type: 'text' })
  readonly name!: string;

  /** The places of the OUs that its members may back up, worked out from its grants. */
  @Column({ name: 'permitted_places', type: 'int4multirange' })
  readonly permittedPlaces!: string;
}
