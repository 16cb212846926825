import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SweepBuilds1795100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE builds ADD COLUMN sweep_at timestamptz, ADD COLUMN sweeps integer NOT NULL DEFAULT 0',
    );
    await runner.query(`UPDATE builds SET sweep_at = now() WHERE status NOT IN ('planning', 'building')`);
    await runner.query('CREATE INDEX builds_unswept ON builds (sweep_at) WHERE sweep_at IS NOT NULL');
    await runner.query('ALTER TABLE segments ADD COLUMN done_bytes bigint NOT NULL DEFAULT 0');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE segments DROP COLUMN done_bytes');
    await runner.query('DROP INDEX builds_unswept');
    await runner.query('ALTER TABLE builds DROP COLUMN sweeps, DROP COLUMN sweep_at');
  }
}
