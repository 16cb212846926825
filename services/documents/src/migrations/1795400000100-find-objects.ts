import type { MigrationInterface, QueryRunner } from 'typeorm';

export class FindObjects1795400000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX files_object ON files (object_key)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX files_object');
  }
}
