import type { ServiceDatabase } from '@account-backups/database';
import { AccountEntity } from './account.entity.js';
import { FacilityEntity } from './facility.entity.js';
import { GrantEntity } from './grant.entity.js';
import { GroupMemberEntity } from './group-member.entity.js';
import { CreateDirectory1795000000200 } from './migrations/1795000000200-create-directory.js';
import { OrgUnitEntity } from './org-unit.entity.js';
import { RoleEntity } from './role.entity.js';
import { UserGroupEntity } from './user-group.entity.js';
import { UserEntity } from './user.entity.js';

export const database: ServiceDatabase = {
  schema: 'permissions',
  entities: [
    AccountEntity,
    FacilityEntity,
    OrgUnitEntity,
    RoleEntity,
    UserEntity,
    UserGroupEntity,
    GroupMemberEntity,
    GrantEntity,
  ],
  migrations: [CreateDirectory1795000000200],
};
