import type { MigrationInterface, QueryRunner } from 'typeorm';

export class NoteTransfers1795400000300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE transfers (
        transfer_id uuid NOT NULL,
        account_id text COLLATE "C" NOT NULL,
        backup_id uuid NOT NULL,
        download_id uuid NOT NULL,
        bytes_sent bigint NOT NULL,
        noted_at timestamptz NOT NULL,
        CONSTRAINT transfers_key PRIMARY KEY (transfer_id)
      )`);
    await runner.query('CREATE INDEX transfers_silent ON transfers (noted_at)');
    await this.allow(runner, `'started', 'range_begun', 'range_ended', 'range_lost'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await this.allow(runner, `'started', 'range_begun', 'range_ended'`);
    await runner.query('DROP TABLE transfers');
  }

  private async allow(runner: QueryRunner, kinds: string): Promise<void> {
    await runner.query('ALTER TABLE links DROP CONSTRAINT links_kind');
    await runner.query(`ALTER TABLE links ADD CONSTRAINT links_kind CHECK (kind IN (${kinds}))`);
  }
}
