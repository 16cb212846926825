import type { MigrationInterface, QueryRunner } from 'typeorm';

export class NoteWaiting1795500000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE backups
        ADD COLUMN heard_at timestamptz,
        ADD COLUMN advanced_at timestamptz,
        ADD COLUMN waiting_for text,
        ADD COLUMN waiting_since timestamptz`);
    await runner.query(`UPDATE backups SET heard_at = now(), advanced_at = now() WHERE status = 'in_progress'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE backups
        DROP COLUMN heard_at,
        DROP COLUMN advanced_at,
        DROP COLUMN waiting_for,
        DROP COLUMN waiting_since`);
  }
}
