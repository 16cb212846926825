import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateTerms1795000000300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE accounts (
        account_id text COLLATE "C" NOT NULL,
        name text NOT NULL,
        time_zone text NOT NULL,
        CONSTRAINT accounts_key PRIMARY KEY (account_id)
      )`);
    // A range of one id can be compared in a GiST index without the extension btree_gist.
    await runner.query('CREATE TYPE account_id_range AS RANGE (subtype = text, collation = "C")');
    await runner.query(`
      CREATE TABLE terms (
        account_id text COLLATE "C" NOT NULL,
        starts_on date NOT NULL,
        ends_on date NOT NULL,
        reference text,
        CONSTRAINT terms_key PRIMARY KEY (account_id, starts_on),
        CONSTRAINT terms_forwards CHECK (starts_on <= ends_on),
        CONSTRAINT terms_apart EXCLUDE USING gist (
          account_id_range(account_id, account_id, '[]') WITH &&, daterange(starts_on, ends_on, '[]') WITH &&
        )
      )`);
    await runner.query('CREATE INDEX terms_by_end ON terms (ends_on, account_id)');
    await runner.query(`
      CREATE TABLE term_changes (
        change_number bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
        account_id text COLLATE "C" NOT NULL,
        changed_at timestamptz NOT NULL,
        changed_by text NOT NULL,
        action text NOT NULL,
        starts_on date NOT NULL,
        ends_on date NOT NULL,
        reference text,
        note text NOT NULL,
        CONSTRAINT term_changes_key PRIMARY KEY (change_number)
      )`);
    await runner.query('CREATE INDEX term_changes_by_account ON term_changes (account_id, change_number)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE term_changes, terms, accounts');
    await runner.query('DROP TYPE account_id_range');
  }
}
