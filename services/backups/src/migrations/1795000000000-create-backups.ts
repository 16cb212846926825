import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateBackups1795000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE backups (
        backup_id uuid NOT NULL,
        account_id text NOT NULL,
        status text NOT NULL,
        created_at timestamptz NOT NULL,
        requested_by_id text NOT NULL,
        requested_by_name text NOT NULL,
        all_org_units boolean NOT NULL,
        org_unit_ids text[] NOT NULL,
        scope jsonb NOT NULL,
        include_active boolean NOT NULL,
        include_inactive boolean NOT NULL,
        exclude_superseded boolean NOT NULL,
        password_protected boolean NOT NULL,
        sealed_password text,
        idempotency_key text,
        request_fingerprint text,
        driven_at timestamptz,
        progress_documents bigint,
        progress_bytes bigint,
        of_documents bigint,
        of_bytes bigint,
        first_progress_at timestamptz,
        document_count bigint,
        exception_count bigint,
        object_key text,
        archive_bytes bigint,
        archive_sha256 text,
        file_name text,
        completed_at timestamptz,
        expires_at timestamptz,
        archive_deleted_at timestamptz,
        failure_code text,
        failure_message text,
        CONSTRAINT backups_key PRIMARY KEY (backup_id),
        CONSTRAINT backups_status
          CHECK (status IN ('pending', 'in_progress', 'completed', 'expired', 'cancelled', 'failed')),
        CONSTRAINT backups_scope CHECK (cardinality(org_unit_ids) > 0),
        CONSTRAINT backups_wiped CHECK (sealed_password IS NULL OR status IN ('pending', 'in_progress')),
        CONSTRAINT backups_complete CHECK (status <> 'completed' OR (object_key IS NOT NULL AND expires_at IS NOT NULL))
      )`);
    await runner.query(`CREATE UNIQUE INDEX backups_one_pending ON backups (account_id) WHERE status = 'pending'`);
    await runner.query(`
      CREATE UNIQUE INDEX backups_idempotency ON backups (account_id, requested_by_id, idempotency_key)
      WHERE idempotency_key IS NOT NULL`);
    await runner.query('CREATE INDEX backups_newest ON backups (account_id, created_at, backup_id)');
    await runner.query(`CREATE INDEX backups_running ON backups (driven_at) WHERE status = 'in_progress'`);
    await runner.query(`CREATE INDEX backups_expiring ON backups (expires_at) WHERE status = 'completed'`);
    await runner.query(`
      CREATE INDEX backups_undeleted ON backups (driven_at, backup_id)
      WHERE status IN ('expired', 'failed') AND archive_deleted_at IS NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE backups');
  }
}
