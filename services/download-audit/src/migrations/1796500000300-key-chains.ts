import type { MigrationInterface, QueryRunner } from 'typeorm';

export class KeyChains1796500000300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE links ADD COLUMN key_id text, ADD COLUMN mac text');
    await runner.query(`
      ALTER TABLE chains ADD COLUMN key_id text, ADD COLUMN mac text, ADD COLUMN broken_at bigint,
        ADD COLUMN checkpoint_sequence bigint NOT NULL DEFAULT 0`);
    await runner.query('CREATE INDEX chains_grown ON chains (account_id) WHERE checkpoint_sequence < sequence');
    await runner.query(`
      CREATE TABLE former_macs (
        account_id text COLLATE "C" NOT NULL,
        sequence bigint NOT NULL,
        key_id text NOT NULL,
        mac text NOT NULL,
        CONSTRAINT former_macs_key PRIMARY KEY (account_id, sequence)
      )`);
    await runner.query(`
      CREATE TRIGGER former_macs_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON former_macs
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
    await this.refuseFormer(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TRIGGER links_keyed ON links');
    await runner.query('DROP FUNCTION refuse_unkeyed');
    await runner.query('DROP TABLE former_macs');
    await runner.query('DROP INDEX chains_grown');
    await runner.query(`
      ALTER TABLE chains DROP COLUMN checkpoint_sequence, DROP COLUMN broken_at, DROP COLUMN mac, DROP COLUMN key_id`);
    await runner.query('ALTER TABLE links DROP COLUMN mac, DROP COLUMN key_id');
  }

  // A process of an earlier release, which has no key, would break the chains that it adds to.
  private async refuseFormer(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION refuse_unkeyed() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'a record without a code is refused: this release of download-audit is too old';
      END $$`);
    await runner.query(`
      CREATE TRIGGER links_keyed BEFORE INSERT ON links
      FOR EACH ROW WHEN (NEW.mac IS NULL) EXECUTE FUNCTION refuse_unkeyed()`);
  }
}
