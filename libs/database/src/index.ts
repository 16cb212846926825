export { bigintAsNumber } from './bigint.js';
export { changedAny, changedRows } from './changes.js';
export { claimableAt, isNextUnlocked, type Batch } from './claims.js';
export { DatabaseModule, type ServiceDatabase } from './database.module.js';
export { isDatabaseAway, isUniqueViolation } from './database-faults.js';
export { databasePulse } from './database-pulse.js';
export { migrate, pendingDrift } from './migrations.js';
export { openDatabase, type DatabaseOptions } from './open-database.js';
export { decodeCursor, encodeCursor } from './page-cursor.js';
