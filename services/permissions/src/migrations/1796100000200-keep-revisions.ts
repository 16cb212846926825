import type { MigrationInterface, QueryRunner } from 'typeorm';

export class KeepRevisions1796100000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE accounts ADD COLUMN revision bigint');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE accounts DROP COLUMN revision');
  }
}
