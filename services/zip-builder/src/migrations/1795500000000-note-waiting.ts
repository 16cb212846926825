import type { MigrationInterface, QueryRunner } from 'typeorm';

export class NoteWaiting1795500000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE builds ADD COLUMN waiting_for text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE builds DROP COLUMN waiting_for');
  }
}
