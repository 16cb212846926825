// What the trail says of sessions.
import { byPerson, type Happening } from '@account-backups/service-kit';

/** A session that began or ended, with its person's name where that is known. */
export interface ToldSession {
  readonly sessionId: string;
  readonly accountId: string;
  readonly userId: string;
  readonly userName: string | null;
}

/** For `RETURNING` of a statement on `permissions.sessions`. */
export const TOLD_SESSION = `sessions.session_id AS "sessionId", sessions.account_id AS "accountId",
  sessions.user_id AS "userId", (SELECT name FROM permissions.users AS person
    WHERE person.account_id = sessions.account_id AND person.user_id = sessions.user_id) AS "userName"`;

export function sessionBegun(
  { sessionId, accountId, userId, userName }: ToldSession,
  at: Date,
  from: { readonly ipAddress: string; readonly userAgent: string },
): Happening {
  const actor = { kind: 'person', id: userId, name: userName } as const;
  const by = { actor, ipAddress: from.ipAddress, userAgent: from.userAgent };
  return { chainId: accountId, at, action: 'session.begun', by, subject: `session/${sessionId}` };
}

/** By its person, unless another did it. */
export function sessionEnded(
  { sessionId, accountId, userId, userName }: ToldSession,
  at: Date,
  { because, by = byPerson(userId, userName, undefined) }: { readonly because: string; readonly by?: Happening['by'] },
): Happening {
  const subject = `session/${sessionId}`;
  return { chainId: accountId, at, action: 'session.ended', by, subject, details: { because, userId } };
}
