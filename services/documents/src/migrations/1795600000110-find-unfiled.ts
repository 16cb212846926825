import type { MigrationInterface, QueryRunner } from 'typeorm';

export class FindUnfiled1795600000110 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX documents_by_first_org_unit
        ON documents (account_id, (org_unit_ids[1]) COLLATE "C", document_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX documents_by_first_org_unit');
  }
}
