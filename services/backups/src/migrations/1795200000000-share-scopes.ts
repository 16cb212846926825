import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stores each frozen set of OUs once per account: sets are few, so asking them who may see a backup is cheap. */
export class ShareScopes1795200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('SET LOCAL statement_timeout = 0');
    await runner.query(`
      CREATE TABLE scopes (
        account_id text NOT NULL,
        scope_key text NOT NULL,
        org_unit_ids text[] NOT NULL,
        CONSTRAINT scopes_key PRIMARY KEY (account_id, scope_key)
      )`);
    await runner.query('ALTER TABLE backups ADD COLUMN scope_key text');
    // The same as `scopeKeyOf`; no id has a space.
    await runner.query(`
      UPDATE backups SET scope_key = encode(sha256(convert_to(
        array_to_string(ARRAY(SELECT id FROM unnest(org_unit_ids) AS id ORDER BY id COLLATE "C"), ' '), 'UTF8')), 'hex')`);
    await runner.query(`
      INSERT INTO scopes SELECT DISTINCT ON (account_id, scope_key) account_id, scope_key, org_unit_ids FROM backups`);
    await runner.query('ALTER TABLE backups ALTER COLUMN scope_key SET NOT NULL');
    await runner.query('CREATE INDEX backups_in_scope ON backups (account_id, scope_key, created_at, backup_id)');
    await runner.query(
      'CREATE INDEX backups_in_scope_by_status ON backups (account_id, scope_key, status, created_at, backup_id)',
    );
    await runner.query('CREATE INDEX backups_by_status ON backups (account_id, status, created_at, backup_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE backups DROP COLUMN scope_key');
    await runner.query('DROP TABLE scopes');
  }
}
