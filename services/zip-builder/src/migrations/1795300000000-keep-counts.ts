import type { MigrationInterface, QueryRunner } from 'typeorm';

export class KeepCounts1795300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE builds ADD COLUMN counts jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE builds DROP COLUMN counts');
  }
}
