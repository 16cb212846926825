import type { CalledBy, Payload } from '@account-backups/contracts';
import { changedRows, isNextUnlocked, storableText } from '@account-backups/database';
import { byPerson, BY_SYSTEM, Trail } from '@account-backups/service-kit';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { SessionEntity } from '../entities/session.entity.js';
import type { PageEnd } from './page-cursor.js';
import { sessionBegun, sessionEnded, TOLD_SESSION, type ToldSession } from './session-trail.js';

/** Whose sessions. */
export interface Who {
  readonly accountId: string;
  readonly userId: string;
}

/** How long a row stays after its session is over, and how many go at a time. */
const KEPT_DAYS = 7;
const FORGOTTEN_AT_ONCE = 100;

@Injectable()
export class SessionsRepository {
  constructor(
    private readonly database: DataSource,
    private readonly trail: Trail,
  ) {}

  /** False where the account has no such active user. The same session twice is one. */
  async begin(now: Date, session: Payload<'sessions.begin'>): Promise<boolean> {
    const { sessionId, accountId, userId, idleSeconds, maxSeconds } = session;
    const { ipAddress, userAgent, issuer, issuerSubject, issuerSession } = session;
    const from = [ipAddress, userAgent, issuer, issuerSubject, issuerSession].map((text) => text && storableText(text));
    return this.trail.transaction(async (manager, note) => {
      await forgetSome(manager, now);
      // A directory that makes the person inactive comes before this or after it, never between.
      await manager.query('SELECT FROM permissions.accounts WHERE account_id = $1 FOR SHARE', [accountId]);
      const values = [sessionId, accountId, userId, now, idleSeconds, maxSeconds, ...from];
      const [begun]: ToldSession[] = await manager.query(BEGIN, values);
      if (begun) note(sessionBegun(begun, now, { ipAddress, userAgent }));
      return begun !== undefined || manager.existsBy(SessionEntity, { sessionId, accountId, userId });
    });
  }

  /** Puts off the end of those that are used. One that is put off by somebody else at this moment is left out. */
  async use(now: Date, sessionIds: readonly string[]): Promise<void> {
    await this.database.query(USE, [now, sessionIds]);
  }

  /** Those that hold, in any order. */
  async holding(now: Date, sessionIds: readonly string[]): Promise<string[]> {
    const rows: { sessionId: string }[] = await this.database.query(HOLDING, [now, sessionIds]);
    return rows.map(({ sessionId }) => sessionId);
  }

  /** The places in the list of tokens whose person is inactive, or was since they were issued. */
  async voidTokens(tokens: Payload<'sessions.check'>['tokens']): Promise<number[]> {
    const rows: { place: number }[] = await this.database.query(VOID_TOKENS, [
      tokens.map(({ accountId }) => accountId),
      tokens.map(({ userId }) => userId),
      tokens.map(({ issuedAt }) => issuedAt),
    ]);
    return rows.map(({ place }) => place - 1);
  }

  /** Those of a person that hold, newest first. */
  async pageOf(now: Date, { accountId, userId }: Who, after: PageEnd | null, limit: number): Promise<SessionEntity[]> {
    return this.database
      .getRepository(SessionEntity)
      .createQueryBuilder('session')
      .where('account_id = :accountId AND user_id = :userId', { accountId, userId })
      .andWhere('ended_because IS NULL AND over_at > :now', { now })
      .andWhere(after ? '(started_at, session_id) < (:startedAt, :sessionId)' : 'true', after ?? {})
      .orderBy({ started_at: 'DESC', session_id: 'DESC' })
      .limit(limit)
      .getMany();
  }

  /** Null for one that this person never had; else whether it ended now. */
  async end(now: Date, { accountId, userId, calledBy }: Ending, sessionId: string): Promise<boolean | null> {
    if (await this.endThose(END, now, { accountId, userId, calledBy }, sessionId)) return true;
    const isTheirs = await this.database.manager.existsBy(SessionEntity, { sessionId, accountId, userId });
    return isTheirs ? false : null;
  }

  endOthers(now: Date, ending: Ending, keptSessionId: string | null): Promise<boolean> {
    return this.endThose(END_OTHERS, now, ending, keptSessionId);
  }

  /** Tells the trail of up to `limit` sessions that ran out, and gives how many. Each is told of once. */
  noteRunOut(now: Date, limit: number): Promise<number> {
    return this.trail.transaction(async (manager, note) => {
      const over = await changedRows<ToldSession & { overAt: Date }>(manager, RUN_OUT, [now, limit]);
      for (const { overAt, ...session } of over) {
        note(sessionEnded(session, overAt, { because: 'ran_out', by: BY_SYSTEM }));
      }
      return over.length;
    });
  }

  private endThose(sql: string, now: Date, { accountId, userId, calledBy }: Ending, sessionId: string | null) {
    return this.trail.transaction(async (manager, note) => {
      const ended = await changedRows<ToldSession>(manager, sql, [now, accountId, userId, sessionId]);
      for (const session of ended) {
        const by = byPerson(userId, session.userName, calledBy);
        note(sessionEnded(session, now, { because: 'ended_by_person', by }));
      }
      return ended.length > 0;
    });
  }
}

/** Whose session ends, and who asks for it from where. */
type Ending = Who & { readonly calledBy?: CalledBy | undefined };

/** Who is inactive from now on. */
export interface CutOff {
  readonly userId: string;
  readonly name: string;
  readonly sessionIds: readonly string[] | null;
}

/**
 * Within the writing of a directory, before its users are written: cuts off who is active and will not be. What they
 * carry stays void, also when they are active again. Gives who it was, and which sessions of theirs ended.
 */
export async function cutOff(
  manager: EntityManager,
  accountId: string,
  activeIds: readonly string[],
): Promise<CutOff[]> {
  return manager.query(CUT_OFF, [accountId, activeIds]);
}

async function forgetSome(manager: EntityManager, now: Date): Promise<void> {
  await manager.query(FORGET, [now]);
}

const FORGET = `
  DELETE FROM permissions.sessions WHERE ${isNextUnlocked({
    table: 'permissions.sessions',
    key: 'session_id',
    where: `over_at < $1::timestamptz - interval '${KEPT_DAYS} days'`,
    orderBy: 'over_at',
    limit: String(FORGOTTEN_AT_ONCE),
  })}`;

const BEGIN = `
  INSERT INTO permissions.sessions (session_id, account_id, user_id, started_at, last_seen_at, idle_seconds, ends_at, over_at,
    ip_address, user_agent, issuer, issuer_subject, issuer_session)
  SELECT $1::uuid, account_id, user_id, $4::timestamptz, $4, $5::integer, $4::timestamptz + make_interval(secs => $6::integer),
    $4::timestamptz + make_interval(secs => least($5::integer, $6::integer)), $7, $8, $9, $10, $11
  FROM permissions.users WHERE account_id = $2 AND user_id = $3 AND active
  ON CONFLICT (session_id) DO NOTHING
  RETURNING ${TOLD_SESSION}`;

const HOLDS = 'ended_because IS NULL AND over_at > $1';

// Not at each use: a row is written every ten seconds at most, oftener only for a very short idle time.
const USE = `
  UPDATE permissions.sessions SET last_seen_at = $1, over_at = least($1::timestamptz + make_interval(secs => idle_seconds), ends_at)
  WHERE ${isNextUnlocked({
    table: 'permissions.sessions',
    key: 'session_id',
    where: `session_id = ANY($2::uuid[]) AND ${HOLDS}
      AND last_seen_at < $1::timestamptz - make_interval(secs => least(10, idle_seconds / 20.0))`,
    orderBy: 'session_id',
    limit: 'ALL',
  })}`;

const HOLDING = `
  SELECT session_id AS "sessionId" FROM permissions.sessions JOIN permissions.users USING (account_id, user_id)
  WHERE session_id = ANY($2::uuid[]) AND ${HOLDS} AND active
    AND NOT EXISTS (SELECT FROM permissions.cut_offs WHERE cut_offs.account_id = sessions.account_id
      AND cut_offs.user_id = sessions.user_id AND not_before >= started_at)`;

// An issuer tells seconds: a token of the second in which its person was cut off may be a new one.
const VOID_TOKENS = `
  SELECT place::integer FROM unnest($1::text[], $2::text[], $3::timestamptz[]) WITH ORDINALITY
    AS asked(account_id, user_id, issued_at, place)
  LEFT JOIN permissions.users USING (account_id, user_id)
  LEFT JOIN permissions.cut_offs USING (account_id, user_id)
  WHERE NOT active OR issued_at < date_trunc('second', not_before)`;

const END = `
  UPDATE permissions.sessions SET ended_because = 'ended_by_person', over_at = $1
  WHERE session_id = $4 AND account_id = $2 AND user_id = $3 AND ${HOLDS}
  RETURNING ${TOLD_SESSION}`;

const END_OTHERS = `
  UPDATE permissions.sessions SET ended_because = 'ended_by_person', over_at = $1
  WHERE account_id = $2 AND user_id = $3 AND session_id IS DISTINCT FROM $4::uuid AND ${HOLDS}
  RETURNING ${TOLD_SESSION}`;

const RUN_OUT = `
  UPDATE permissions.sessions SET ended_because = 'ran_out' WHERE ${isNextUnlocked({
    table: 'permissions.sessions',
    key: 'session_id',
    where: 'ended_because IS NULL AND over_at <= $1',
    orderBy: 'over_at',
    limit: '$2',
  })}
  RETURNING ${TOLD_SESSION}, over_at AS "overAt"`;

const CUT_OFF = `
  WITH cut AS (
    INSERT INTO permissions.cut_offs (account_id, user_id, not_before)
    SELECT account_id, user_id, clock_timestamp() FROM permissions.users
    WHERE account_id = $1 AND active
      AND NOT EXISTS (SELECT FROM unnest($2::text[]) AS listed(user_id) WHERE listed.user_id = users.user_id)
    ON CONFLICT (account_id, user_id) DO UPDATE SET not_before = excluded.not_before
    RETURNING user_id, not_before
  ), ended AS (
    UPDATE permissions.sessions SET ended_because = 'person_inactive', over_at = cut.not_before FROM cut
    WHERE account_id = $1 AND sessions.user_id = cut.user_id AND ended_because IS NULL
    RETURNING sessions.user_id, session_id
  )
  SELECT cut.user_id AS "userId", users.name, gone.session_ids AS "sessionIds"
  FROM cut JOIN permissions.users ON users.account_id = $1 AND users.user_id = cut.user_id
  LEFT JOIN (SELECT user_id, array_agg(session_id::text) AS session_ids FROM ended GROUP BY user_id) AS gone
    ON gone.user_id = cut.user_id`;
