import { migrate, openDatabase, pendingDrift, type ServiceDatabase } from '@account-backups/database';
import type { DataSource } from 'typeorm';
import { testDatabase, type TestDatabase } from './real-parts.js';

/** A service's migrations match its entities, can be undone, and run once when replicas start together. */
export function keepsItsSchema(definition: ServiceDatabase): void {
  describe(`the schema ${definition.schema}`, () => {
    let room: TestDatabase;
    let database: DataSource;

    beforeAll(async () => {
      room = await testDatabase();
      database = await openDatabase({ ...definition, url: room.url, poolSize: 1 });
    });

    afterAll(async () => {
      await database.destroy();
      await room.drop();
    });

    it('comes by migrations in the order of their numbers', () => {
      const numbers = definition.migrations.map(({ name }) => Number(/\d+$/.exec(name)?.[0]));
      expect(numbers).toEqual(numbers.toSorted((one, other) => one - other));
    });

    it('is made by replicas that start at once', async () => {
      const replicas = await Promise.all([1, 2, 3].map(() => openDatabase({ ...definition, url: room.url })));
      await Promise.all(replicas.map(migrate));
      await Promise.all(replicas.map((replica) => replica.destroy()));
      expect(await pendingDrift(database)).toEqual([]);
    });

    it('is undone, and made again without drift', async () => {
      for (const _ of definition.migrations) await database.undoLastMigration();
      const left: unknown[] = await database.query(
        `SELECT tablename FROM pg_tables WHERE schemaname = $1 AND tablename <> 'migrations'`,
        [definition.schema],
      );
      expect(left).toEqual([]);
      await migrate(database);
      expect(await pendingDrift(database)).toEqual([]);
    });
  });
}
