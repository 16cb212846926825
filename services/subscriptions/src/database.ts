import { TrailOutboxEntity, type ServiceDatabase } from '@account-backups/database';
import { KeepTrail1796600000400 } from './migrations/1796600000400-keep-trail.js';
import { AccountEntity } from './terms/account.entity.js';
import { CreateTerms1795000000300 } from './migrations/1795000000300-create-terms.js';
import { TermChangeEntity } from './terms/term-change.entity.js';
import { TermEntity } from './terms/term.entity.js';

export const database: ServiceDatabase = {
  schema: 'subscriptions',
  entities: [AccountEntity, TermEntity, TermChangeEntity, TrailOutboxEntity],
  migrations: [CreateTerms1795000000300, KeepTrail1796600000400],
};
