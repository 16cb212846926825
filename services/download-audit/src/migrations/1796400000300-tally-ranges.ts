import type { MigrationInterface, QueryRunner } from 'typeorm';

export class TallyRanges1796400000300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('SET LOCAL statement_timeout = 0');
    await runner.query(`
      CREATE TABLE tallies (
        download_id uuid NOT NULL,
        account_id text COLLATE "C" NOT NULL,
        backup_id uuid NOT NULL,
        ranges bigint NOT NULL,
        recorded_ranges bigint NOT NULL,
        record_after timestamptz NOT NULL,
        pieces jsonb NOT NULL,
        last_ended_at timestamptz NOT NULL,
        CONSTRAINT tallies_key PRIMARY KEY (download_id)
      )`);
    await runner.query('CREATE INDEX tallies_due ON tallies (record_after) WHERE recorded_ranges < ranges');
    await runner.query('ALTER TABLE transfers ADD COLUMN unrecorded jsonb');
    await runner.query('CREATE INDEX transfers_of_download ON transfers (account_id, download_id)');
    await this.allow(
      runner,
      `'started', 'range_begun', 'range_ended', 'range_lost', 'tallied'`,
      `'started', 'tallied'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await this.allow(runner, `'started', 'range_begun', 'range_ended', 'range_lost'`, `'started'`);
    await runner.query('DROP INDEX transfers_of_download');
    await runner.query('ALTER TABLE transfers DROP COLUMN unrecorded');
    await runner.query('DROP TABLE tallies');
  }

  private async allow(runner: QueryRunner, kinds: string, withoutRange: string): Promise<void> {
    await runner.query('ALTER TABLE links DROP CONSTRAINT links_kind, DROP CONSTRAINT links_transfer');
    await runner.query(`ALTER TABLE links ADD CONSTRAINT links_kind CHECK (kind IN (${kinds}))`);
    await runner.query(`
      ALTER TABLE links ADD CONSTRAINT links_transfer
      CHECK ((transfer_id IS NULL) = (kind IN (${withoutRange})))`);
  }
}
