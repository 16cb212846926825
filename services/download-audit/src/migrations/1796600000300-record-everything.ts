import type { MigrationInterface, QueryRunner } from 'typeorm';

export class RecordEverything1796600000300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('SET LOCAL statement_timeout = 0');
    await runner.query(
      'ALTER TABLE links ALTER COLUMN backup_id DROP NOT NULL, ALTER COLUMN download_id DROP NOT NULL',
    );
    await this.allow(runner, [...KINDS, 'recorded'], ['started', 'tallied', 'recorded']);
    await runner.query(`
      ALTER TABLE links ADD CONSTRAINT links_download
      CHECK ((kind = 'recorded') = (backup_id IS NULL) AND (kind = 'recorded') = (download_id IS NULL))`);
    await runner.query(`
      CREATE UNIQUE INDEX links_recorded_once ON links (account_id, (payload ->> 'recordId')) WHERE kind = 'recorded'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX links_recorded_once');
    await runner.query('ALTER TABLE links DROP CONSTRAINT links_download');
    await this.allow(runner, KINDS, ['started', 'tallied']);
    await runner.query('ALTER TABLE links ALTER COLUMN backup_id SET NOT NULL, ALTER COLUMN download_id SET NOT NULL');
  }

  private async allow(runner: QueryRunner, kinds: readonly string[], withoutRange: readonly string[]): Promise<void> {
    await runner.query('ALTER TABLE links DROP CONSTRAINT links_kind, DROP CONSTRAINT links_transfer');
    await runner.query(`ALTER TABLE links ADD CONSTRAINT links_kind CHECK (kind IN (${listOf(kinds)}))`);
    await runner.query(`
      ALTER TABLE links ADD CONSTRAINT links_transfer
      CHECK ((transfer_id IS NULL) = (kind IN (${listOf(withoutRange)})))`);
  }
}

const KINDS = ['started', 'range_begun', 'range_ended', 'range_lost', 'tallied'];

function listOf(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(', ');
}
