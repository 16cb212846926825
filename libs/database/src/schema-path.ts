import type { MigrationInterface, QueryRunner } from 'typeorm';

type Migration = new () => MigrationInterface;

/**
 * Migrations name what they make without its schema: for their transaction alone that is the one to look in. A session
 * may be another's before and after it, behind a pooler that lends sessions out for a transaction.
 */
export function inSchema(schema: string, migration: Migration): Migration {
  const look = (runner: QueryRunner) => runner.query(`SET LOCAL search_path TO ${schema}`);
  class InSchema extends migration {
    override async up(runner: QueryRunner): Promise<void> {
      await look(runner);
      await super.up(runner);
    }

    override async down(runner: QueryRunner): Promise<void> {
      await look(runner);
      await super.down(runner);
    }
  }
  // TypeORM notes under this name that it has run.
  return Object.defineProperty(InSchema, 'name', { value: migration.name });
}
