import { createTrailOutbox, dropTrailOutbox } from '@account-backups/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class KeepTrail1796600000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTrailOutbox(runner);
    await runner.query(`
      CREATE TABLE open_calls (
        first_turn bigint NOT NULL,
        account_id text COLLATE "C" NOT NULL,
        changed integer NOT NULL,
        called_by json NOT NULL,
        heard_at timestamptz NOT NULL,
        CONSTRAINT open_calls_key PRIMARY KEY (first_turn)
      )`);
    await runner.query('CREATE INDEX open_calls_by_age ON open_calls (heard_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE open_calls');
    await dropTrailOutbox(runner);
  }
}
