import { TrailOutboxEntity, type ServiceDatabase } from '@account-backups/database';
import { KeepTrail1796600000200 } from './migrations/1796600000200-keep-trail.js';
import { AccountEntity } from './entities/account.entity.js';
import { CutOffEntity } from './entities/cut-off.entity.js';
import { FacilityEntity } from './entities/facility.entity.js';
import { GrantEntity } from './entities/grant.entity.js';
import { GroupMemberEntity } from './entities/group-member.entity.js';
import { CreateDirectory1795000000200 } from './migrations/1795000000200-create-directory.js';
import { TakeTurns1795500000200 } from './migrations/1795500000200-take-turns.js';
import { NameSubjects1796000000200 } from './migrations/1796000000200-name-subjects.js';
import { KeepRevisions1796100000200 } from './migrations/1796100000200-keep-revisions.js';
import { RecordSessions1796200000200 } from './migrations/1796200000200-record-sessions.js';
import { LogoutTokenEntity } from './entities/logout-token.entity.js';
import { TakeLogoutTokens1796300000200 } from './migrations/1796300000200-take-logout-tokens.js';
import { OrgUnitEntity } from './entities/org-unit.entity.js';
import { RoleEntity } from './entities/role.entity.js';
import { SessionEntity } from './entities/session.entity.js';
import { UserGroupEntity } from './entities/user-group.entity.js';
import { UserEntity } from './entities/user.entity.js';

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
    SessionEntity,
    CutOffEntity,
    LogoutTokenEntity,
    TrailOutboxEntity,
  ],
  migrations: [
    CreateDirectory1795000000200,
    TakeTurns1795500000200,
    NameSubjects1796000000200,
    KeepRevisions1796100000200,
    RecordSessions1796200000200,
    TakeLogoutTokens1796300000200,
    KeepTrail1796600000200,
  ],
};
