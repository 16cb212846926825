import type { MigrationInterface, QueryRunner } from 'typeorm';

export class TakeTurns1795500000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE SEQUENCE turns');
    await runner.query('ALTER TABLE accounts ADD COLUMN turn bigint NOT NULL DEFAULT 0');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE accounts DROP COLUMN turn');
    await runner.query('DROP SEQUENCE turns');
  }
}
