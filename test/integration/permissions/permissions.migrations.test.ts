import { database } from '@account-backups/permissions/database.js';
import { keepsItsSchema } from '../../support/schema-test.js';

keepsItsSchema(database);
