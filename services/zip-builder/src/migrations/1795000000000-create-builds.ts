import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateBuilds1795000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE builds (
        build_id uuid NOT NULL,
        backup_id uuid NOT NULL,
        account_id text NOT NULL,
        status text NOT NULL,
        created_at timestamptz NOT NULL,
        driven_at timestamptz NOT NULL,
        key_part text NOT NULL,
        lease_until timestamptz,
        fence integer NOT NULL DEFAULT 0,
        attempts integer NOT NULL DEFAULT 0,
        not_before timestamptz,
        upload_id text,
        facts jsonb,
        archive_bytes bigint,
        archive_sha256 text,
        exception_count bigint,
        built_at timestamptz,
        failure_code text,
        failure_message text,
        CONSTRAINT builds_key PRIMARY KEY (build_id),
        CONSTRAINT builds_status CHECK (status IN ('planning', 'building', 'built', 'failed', 'deleted')),
        CONSTRAINT builds_planned CHECK (status NOT IN ('building', 'built') OR facts IS NOT NULL)
      )`);
    await runner.query('CREATE UNIQUE INDEX builds_of_backup ON builds (backup_id)');
    await runner.query(`CREATE INDEX builds_unfinished ON builds (driven_at) WHERE status IN ('planning', 'building')`);
    await runner.query(`
      CREATE TABLE segments (
        build_id uuid NOT NULL,
        number integer NOT NULL,
        status text NOT NULL,
        first_part integer NOT NULL,
        part_count integer NOT NULL,
        document_count integer NOT NULL,
        size_bytes bigint NOT NULL,
        lease_until timestamptz,
        fence integer NOT NULL DEFAULT 0,
        attempts integer NOT NULL DEFAULT 0,
        not_before timestamptz,
        result jsonb,
        CONSTRAINT segments_key PRIMARY KEY (build_id, number),
        CONSTRAINT segments_status CHECK (status IN ('open', 'building', 'built')),
        CONSTRAINT segments_built CHECK ((status = 'built') = (result IS NOT NULL))
      )`);
    await runner.query(`CREATE INDEX segments_unbuilt ON segments (build_id, number) WHERE status <> 'built'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE segments');
    await runner.query('DROP TABLE builds');
  }
}
