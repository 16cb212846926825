import { migrate, openDatabase, pendingDrift } from '@account-backups/database';
import { database as definition } from '@account-backups/permissions/database.js';
import type { DataSource } from 'typeorm';
import { testDatabase, type TestDatabase } from '../../support/real-parts.js';

let room: TestDatabase;
let database: DataSource;

beforeAll(async () => {
  room = await testDatabase();
  database = await openDatabase({ ...definition, url: room.url });
});

afterAll(async () => {
  await database.destroy();
  await room.drop();
});

it('makes the schema that the entities describe, undoes it, and makes it again', async () => {
  await migrate(database);
  expect(await pendingDrift(database)).toEqual([]);
  await database.undoLastMigration();
  const left: unknown[] = await database.query(
    `SELECT tablename FROM pg_tables WHERE schemaname = 'permissions' AND tablename <> 'migrations'`,
  );
  expect(left).toEqual([]);
  await migrate(database);
  expect(await pendingDrift(database)).toEqual([]);
});
