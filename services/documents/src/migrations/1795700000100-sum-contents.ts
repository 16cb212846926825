import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SumContents1795700000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE account_contents (
        account_id text COLLATE "C" NOT NULL,
        size_bytes bigint NOT NULL,
        CONSTRAINT account_contents_key PRIMARY KEY (account_id)
      )`);
    await runner.query(`
      INSERT INTO account_contents (account_id, size_bytes)
      SELECT account_id, sum(size_bytes) FROM files GROUP BY account_id`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE account_contents');
  }
}
