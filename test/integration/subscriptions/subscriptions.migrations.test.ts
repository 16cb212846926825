import { database } from '@account-backups/subscriptions/database.js';
import { keepsItsSchema } from '../../support/schema-test.js';

keepsItsSchema(database);
