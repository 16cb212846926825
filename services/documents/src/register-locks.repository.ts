import type { EntityManager } from 'typeorm';

// A file that comes adds its size to the documents that name it, a document that comes adds up the files it names.
// Side by side, neither would see the other. So documents share the lock and a file takes it alone.

/** Until the transaction ends, no file of the account is registered. */
export async function holdFiles(manager: EntityManager, accountId: string): Promise<void> {
  await manager.query('SELECT pg_advisory_xact_lock_shared(hashtextextended($1, 0))', [`documents ${accountId}`]);
}

/** Until the transaction ends, no document or other file of the account is written. */
export async function holdRegister(manager: EntityManager, accountId: string): Promise<void> {
  await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`documents ${accountId}`]);
}
