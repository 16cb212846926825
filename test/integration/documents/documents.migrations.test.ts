import { database } from '@account-backups/documents/database.js';
import { keepsItsSchema } from '../../support/schema-test.js';

keepsItsSchema(database);
