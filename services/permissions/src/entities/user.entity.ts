import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity({ name: 'users' })
// Not unique: subjects may change hands within one statement. The rules see to it that they are.
@Index('users_by_subject', ['accountId', 'subject'])
export class UserEntity {
  @PrimaryColumn({ name: 'account_id', type: 'text', collation: 'C', primaryKeyConstraintName: 'users_key' })
  readonly accountId!: string;

  @PrimaryColumn({ name: 'user_id', type: 'text', collation: 'C', primaryKeyConstraintName: 'users_key' })
  readonly userId!: string;

  @Column({ name: 'subject', type: 'text', collation: 'C', nullable: true })
  readonly subject!: string | null;

  @Column({ name: 'name', type: 'text' })
  readonly name!: string;

  @Column({ name: 'email', type: 'text', nullable: true })
  readonly email!: string | null;

  @Column({ name: 'active', type: 'boolean' })
  readonly active!: boolean;

  @Column({ name: 'site_admin', type: 'boolean' })
  readonly siteAdmin!: boolean;

  @Column({ name: 'facility_admin_of', type: 'text', array: true })
  readonly facilityAdminOf!: string[];
}
