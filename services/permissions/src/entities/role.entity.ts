import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A role that the account made; system roles are in code. */
@Entity({ name: 'roles' })
export class RoleEntity {
  @PrimaryColumn({ name: 'account_id', type: 'text', collation: 'C', primaryKeyConstraintName: 'roles_key' })
  readonly accountId!: string;

  @PrimaryColumn({ name: 'role_id', type: 'text', collation: 'C', primaryKeyConstraintName: 'roles_key' })
  readonly roleId!: string;

  @Column({ name: 'name', type: 'text' })
  readonly name!: string;

  @Column({ name: 'permissions', type: 'text', array: true })
  readonly permissions!: string[];
}
