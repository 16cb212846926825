import { database } from '@account-backups/download-audit/database.js';
import { keepsItsSchema } from '../../support/schema-test.js';

keepsItsSchema(database);
