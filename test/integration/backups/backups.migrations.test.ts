import { database } from '@account-backups/backups/database.js';
import { keepsItsSchema } from '../../support/schema-test.js';

keepsItsSchema(database);
