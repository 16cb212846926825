import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SweepStore1795400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE store_sweeps (
        name text NOT NULL,
        after_key text NOT NULL,
        next_at timestamptz NOT NULL,
        CONSTRAINT store_sweeps_key PRIMARY KEY (name)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE store_sweeps');
  }
}
