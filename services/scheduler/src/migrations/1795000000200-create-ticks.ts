import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateTicks1795000000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE ticks (
        kind text NOT NULL,
        scheduled_at timestamptz NOT NULL,
        tick_id uuid NOT NULL,
        leased_until timestamptz,
        announced_at timestamptz,
        CONSTRAINT ticks_key PRIMARY KEY (kind, scheduled_at),
        CONSTRAINT ticks_kind CHECK (kind IN ('scan', 'manual'))
      )`);
    await runner.query(`
      CREATE INDEX ticks_unannounced ON ticks (scheduled_at) WHERE kind = 'scan' AND announced_at IS NULL`);
    await runner.query(`
      CREATE TABLE sweeps (
        kind text NOT NULL,
        last_at timestamptz NOT NULL,
        CONSTRAINT sweeps_key PRIMARY KEY (kind)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE sweeps, ticks');
  }
}
