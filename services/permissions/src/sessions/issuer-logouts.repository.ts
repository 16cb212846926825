import type { Payload } from '@account-backups/contracts';
import { changedRows, isNextUnlocked } from '@account-backups/database';
import { Trail } from '@account-backups/service-kit';
import { Injectable } from '@nestjs/common';
import { sessionEnded, TOLD_SESSION, type ToldSession } from './session-trail.js';
import type { Who } from './sessions.repository.js';

/** Longer than any gateway takes a token for. */
const KEPT_MINUTES = 30;
/** So much of an issuer's address is told. */
const MOST_OF_ISSUER = 1_000;

@Injectable()
export class IssuerLogoutsRepository {
  constructor(private readonly trail: Trail) {}

  /** Takes the token and ends the sessions, both or neither. Whose they were; null for one that was taken before. */
  async end(now: Date, logout: Payload<'sessions.end-by-issuer'>): Promise<Who[] | null> {
    const { issuer, issuerSubject, issuerSession, tokenId, requestId } = logout;
    return this.trail.transaction(async (manager, note) => {
      await manager.query(FORGET, [now]);
      const taken: unknown[] = await manager.query(TAKE, [issuer, tokenId, requestId, now]);
      if (taken.length === 0) return null;
      const ended = await changedRows<ToldSession>(manager, END, [now, issuer, issuerSubject, issuerSession]);
      const by = { actor: { kind: 'program', id: issuer.slice(0, MOST_OF_ISSUER), name: null } } as const;
      for (const session of ended) note(sessionEnded(session, now, { because: 'ended_by_issuer', by }));
      return ended.map(({ accountId, userId }) => ({ accountId, userId }));
    });
  }
}

const FORGET = `
  DELETE FROM permissions.logout_tokens WHERE ${isNextUnlocked({
    table: 'permissions.logout_tokens',
    key: 'ctid',
    where: `taken_at < $1::timestamptz - interval '${KEPT_MINUTES} minutes'`,
    orderBy: 'taken_at',
    limit: '100',
  })}`;

const TAKE = `
  INSERT INTO permissions.logout_tokens AS known (issuer, token_id, request_id, taken_at) VALUES ($1, $2, $3, $4)
  ON CONFLICT (issuer, token_id) DO UPDATE SET taken_at = excluded.taken_at
  WHERE known.request_id = excluded.request_id
  RETURNING token_id`;

// An issuer that names its session may not have named it at the sign-in: then the person decides.
const END = `
  UPDATE permissions.sessions SET ended_because = 'ended_by_issuer', over_at = $1
  WHERE ended_because IS NULL AND over_at > $1 AND issuer = $2 AND CASE
    WHEN $4::text IS NULL THEN issuer_subject = $3
    WHEN $3::text IS NULL THEN issuer_session = $4
    ELSE issuer_subject = $3 AND (issuer_session IS NULL OR issuer_session = $4)
  END
  RETURNING ${TOLD_SESSION}`;
