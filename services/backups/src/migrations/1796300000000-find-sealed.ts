import type { MigrationInterface, QueryRunner } from 'typeorm';

export class FindSealed1796300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX backups_sealed ON backups (backup_id) WHERE sealed_password IS NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX backups_sealed');
  }
}
