import { database } from '@account-backups/scheduler/database.js';
import { keepsItsSchema } from '../../support/schema-test.js';

keepsItsSchema(database);
