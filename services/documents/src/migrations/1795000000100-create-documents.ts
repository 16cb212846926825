import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateDocuments1795000000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE documents (
        account_id text COLLATE "C" NOT NULL,
        document_id text COLLATE "C" NOT NULL,
        active boolean NOT NULL,
        org_unit_ids text[] NOT NULL,
        all_superseded boolean NOT NULL,
        current_files integer NOT NULL,
        current_bytes bigint NOT NULL,
        superseded_files integer NOT NULL,
        superseded_bytes bigint NOT NULL,
        page_bytes bigint NOT NULL,
        CONSTRAINT documents_key PRIMARY KEY (account_id, document_id),
        CONSTRAINT documents_filed CHECK (cardinality(org_unit_ids) > 0),
        CONSTRAINT documents_sizes
          CHECK (least(current_files, current_bytes, superseded_files, superseded_bytes) >= 0)
      )`);
    await runner.query(`
      CREATE TABLE document_bodies (
        account_id text COLLATE "C" NOT NULL,
        document_id text COLLATE "C" NOT NULL,
        body jsonb NOT NULL,
        CONSTRAINT document_bodies_key PRIMARY KEY (account_id, document_id)
      )`);
    await runner.query(`
      CREATE TABLE document_files (
        account_id text COLLATE "C" NOT NULL,
        document_id text COLLATE "C" NOT NULL,
        file_id text COLLATE "C" NOT NULL,
        current_references integer NOT NULL,
        superseded_references integer NOT NULL,
        CONSTRAINT document_files_key PRIMARY KEY (account_id, document_id, file_id)
      )`);
    await runner.query('CREATE INDEX document_files_by_file ON document_files (account_id, file_id)');
    await runner.query(`
      CREATE TABLE files (
        account_id text COLLATE "C" NOT NULL,
        file_id text COLLATE "C" NOT NULL,
        object_key text NOT NULL,
        size_bytes bigint NOT NULL,
        sha256 text NOT NULL,
        crc32 bigint NOT NULL,
        CONSTRAINT files_key PRIMARY KEY (account_id, file_id)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE files, document_files, document_bodies, documents');
  }
}
