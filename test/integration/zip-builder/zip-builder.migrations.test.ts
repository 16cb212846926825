import { database } from '@account-backups/zip-builder/database.js';
import { keepsItsSchema } from '../../support/schema-test.js';

keepsItsSchema(database);
