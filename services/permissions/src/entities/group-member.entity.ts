import { Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'group_members' })
export class GroupMemberEntity {
  @PrimaryColumn({ name: 'account_id', type: 'text', collation: 'C', primaryKeyConstraintName: 'group_members_key' })
  readonly accountId!: string;

  @PrimaryColumn({ name: 'user_id', type: 'text', collation: 'C', primaryKeyConstraintName: 'group_members_key' })
  readonly userId!: string;

  @PrimaryColumn({ name: 'user_group_id', type: 'text', collation: 'C', primaryKeyConstraintName: 'group_members_key' })
  readonly userGroupId!: string;
}
