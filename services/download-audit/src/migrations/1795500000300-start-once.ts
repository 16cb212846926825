import type { MigrationInterface, QueryRunner } from 'typeorm';

export class StartOnce1795500000300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('SET LOCAL statement_timeout = 0');
    await runner.query(
      `CREATE UNIQUE INDEX links_started_once ON links (account_id, download_id) WHERE kind = 'started'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX links_started_once');
  }
}
