// The sessions of a `permissions` that is played: they begin, hold and end, as long as the test says so.
import { AppError, type Payload } from '@account-backups/contracts';
import type { Answers } from '../../support/told-bus.js';

type Begun = Payload<'sessions.begin'>;

export class PlayedSessions {
  /** Those that hold, by id. */
  readonly holding = new Map<string, Begun>();
  /** What was asked of them. */
  readonly checks: Payload<'sessions.check'>[] = [];
  /** Nobody's session is ended meanwhile. */
  isAway = false;

  readonly answers = {
    'sessions.begin': (session: Begun) => {
      this.holding.set(session.sessionId, session);
      return {};
    },
    'sessions.check': (asked: Payload<'sessions.check'>) => {
      this.checks.push(asked);
      return {
        sessions: asked.sessions.map(({ sessionId }) => this.holding.has(sessionId)),
        tokens: asked.tokens.map(() => true),
      };
    },
    'sessions.end': ({ sessionId }: Payload<'sessions.end'>) => {
      if (this.isAway) throw new AppError('UNAVAILABLE', 'the database is away');
      if (!this.holding.delete(sessionId)) throw new AppError('NOT_FOUND', 'there is no such session');
      return {};
    },
  } satisfies Answers;
}
