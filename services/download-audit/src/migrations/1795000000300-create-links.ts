import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateLinks1795000000300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE links (
        account_id text COLLATE "C" NOT NULL,
        sequence bigint NOT NULL,
        at timestamptz NOT NULL,
        kind text NOT NULL,
        backup_id uuid NOT NULL,
        download_id uuid NOT NULL,
        transfer_id uuid,
        payload jsonb NOT NULL,
        previous_hash text NOT NULL,
        hash text NOT NULL,
        CONSTRAINT links_key PRIMARY KEY (account_id, sequence),
        CONSTRAINT links_kind CHECK (kind IN ('started', 'range_begun', 'range_ended')),
        CONSTRAINT links_transfer CHECK ((transfer_id IS NULL) = (kind = 'started'))
      )`);
    await runner.query(`
      CREATE INDEX links_started ON links (account_id, backup_id, sequence) WHERE kind = 'started'`);
    await runner.query('CREATE INDEX links_of_download ON links (account_id, download_id, sequence)');
    await runner.query(`
      CREATE UNIQUE INDEX links_once ON links (account_id, transfer_id, kind) WHERE transfer_id IS NOT NULL`);
    await runner.query(`
      CREATE TABLE chains (
        account_id text COLLATE "C" NOT NULL,
        sequence bigint NOT NULL,
        hash text NOT NULL,
        CONSTRAINT chains_key PRIMARY KEY (account_id)
      )`);
    await this.keepLinks(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE chains, links');
    await runner.query('DROP FUNCTION refuse_change');
  }

  private async keepLinks(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'download records are kept as they were written: % is refused', TG_OP;
      END $$`);
    await runner.query(`
      CREATE TRIGGER links_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON links
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
    await runner.query(`
      CREATE TRIGGER chains_kept BEFORE DELETE OR TRUNCATE ON chains
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
  }
}
