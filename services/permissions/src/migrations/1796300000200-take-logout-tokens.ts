import type { MigrationInterface, QueryRunner } from 'typeorm';

export class TakeLogoutTokens1796300000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE logout_tokens (
        issuer text NOT NULL,
        token_id text NOT NULL,
        request_id uuid NOT NULL,
        taken_at timestamptz NOT NULL,
        CONSTRAINT logout_tokens_key PRIMARY KEY (issuer, token_id)
      )`);
    await runner.query('CREATE INDEX logout_tokens_taken ON logout_tokens (taken_at)');
    await runner.query(`
      CREATE INDEX sessions_of_subject ON sessions (issuer_subject) WHERE ended_because IS NULL`);
    await runner.query(`
      CREATE INDEX sessions_of_issuer ON sessions (issuer_session)
      WHERE ended_because IS NULL AND issuer_session IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX sessions_of_issuer, sessions_of_subject');
    await runner.query('DROP TABLE logout_tokens');
  }
}
