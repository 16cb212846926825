import type { MigrationInterface, QueryRunner } from 'typeorm';

export class NameSubjects1796000000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE users ADD COLUMN subject text COLLATE "C"');
    await runner.query('CREATE INDEX users_by_subject ON users (account_id, subject)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE users DROP COLUMN subject');
  }
}
