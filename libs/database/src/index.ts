export { DatabaseModule, type ServiceDatabase } from './database.module.js';
export { isDatabaseAway, isUniqueViolation } from './database-faults.js';
export { migrate, pendingDrift } from './migrations.js';
export { openDatabase, type DatabaseOptions } from './open-database.js';
