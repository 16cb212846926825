import type { EntityManager } from 'typeorm';

// A new file adds its size to the documents that name it; a new document adds up the files that it names. Concurrent
// transactions would not see each other's rows, so documents share a lock and a file takes it alone.

/** Until the transaction ends, no file of the account is registered. */
export async function holdFiles(manager: EntityManager, accountId: string): Promise<void> {
  await manager.query('SELECT pg_advisory_xact_lock_shared(hashtextextended($1, 0))', [`documents ${accountId}`]);
}

/** Until the transaction ends, no document or other file of the account is written. */
export async function holdRegister(manager: EntityManager, accountId: string): Promise<void> {
  await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`documents ${accountId}`]);
}
