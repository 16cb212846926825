import type { ServiceDatabase } from '@account-backups/database';
import { AccountEntity } from './account.entity.js';
import { CreateTerms1795000000300 } from './migrations/1795000000300-create-terms.js';
import { TermChangeEntity } from './term-change.entity.js';
import { TermEntity } from './term.entity.js';

export const database: ServiceDatabase = {
  schema: 'subscriptions',
  entities: [AccountEntity, TermEntity, TermChangeEntity],
  migrations: [CreateTerms1795000000300],
};
