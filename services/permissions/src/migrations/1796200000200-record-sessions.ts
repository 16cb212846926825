import type { MigrationInterface, QueryRunner } from 'typeorm';

export class RecordSessions1796200000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE sessions (
        session_id uuid NOT NULL,
        account_id text COLLATE "C" NOT NULL,
        user_id text COLLATE "C" NOT NULL,
        started_at timestamptz NOT NULL,
        last_seen_at timestamptz NOT NULL,
        idle_seconds integer NOT NULL,
        ends_at timestamptz NOT NULL,
        over_at timestamptz NOT NULL,
        ended_because text,
        ip_address text NOT NULL,
        user_agent text NOT NULL,
        issuer text NOT NULL,
        issuer_subject text NOT NULL,
        issuer_session text,
        CONSTRAINT sessions_key PRIMARY KEY (session_id)
      )`);
    await runner.query(`
      CREATE INDEX sessions_of_person ON sessions (account_id, user_id, started_at, session_id)
      WHERE ended_because IS NULL`);
    await runner.query('CREATE INDEX sessions_over ON sessions (over_at)');
    await runner.query(`
      CREATE TABLE cut_offs (
        account_id text COLLATE "C" NOT NULL,
        user_id text COLLATE "C" NOT NULL,
        not_before timestamptz NOT NULL,
        CONSTRAINT cut_offs_key PRIMARY KEY (account_id, user_id)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE cut_offs, sessions');
  }
}
