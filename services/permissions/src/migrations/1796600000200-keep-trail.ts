import { createTrailOutbox, dropTrailOutbox } from '@account-backups/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class KeepTrail1796600000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTrailOutbox(runner);
    await runner.query('CREATE INDEX sessions_running ON sessions (over_at) WHERE ended_because IS NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX sessions_running');
    await dropTrailOutbox(runner);
  }
}
