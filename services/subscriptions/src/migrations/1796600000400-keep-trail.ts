import { createTrailOutbox, dropTrailOutbox } from '@account-backups/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class KeepTrail1796600000400 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTrailOutbox(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTrailOutbox(runner);
  }
}
