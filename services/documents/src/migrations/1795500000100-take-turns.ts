import type { MigrationInterface, QueryRunner } from 'typeorm';

export class TakeTurns1795500000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE SEQUENCE turns START 1048576 INCREMENT 1048576');
    await runner.query('ALTER TABLE documents ADD COLUMN turn bigint NOT NULL DEFAULT 0');
    await runner.query(`
      CREATE TABLE deleted_documents (
        account_id text COLLATE "C" NOT NULL,
        document_id text COLLATE "C" NOT NULL,
        turn bigint NOT NULL,
        deleted_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT deleted_documents_key PRIMARY KEY (account_id, document_id)
      )`);
    await runner.query('CREATE INDEX deleted_documents_by_age ON deleted_documents (account_id, deleted_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE deleted_documents');
    await runner.query('ALTER TABLE documents DROP COLUMN turn');
    await runner.query('DROP SEQUENCE turns');
  }
}
