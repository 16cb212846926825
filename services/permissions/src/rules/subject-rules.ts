import type { Directory, InputFault } from '@account-backups/contracts';

/**
 * A fault for every user who would sign in by the name of another: a subject that two have, or that is the id of a user
 * who has none. One who has a subject may have an id that is another's subject: the subject decides.
 */
export function* doubledNames(users: Directory['users']): Generator<InputFault> {
  const bySubject = new Map<string, number>();
  for (const [at, { subject }] of users.entries()) {
    if (typeof subject !== 'string') continue;
    const first = bySubject.get(subject);
    if (first === undefined) bySubject.set(subject, at);
    else yield { path: `users[${at}].subject`, message: `is the subject of users[${first}] already` };
  }
  for (const [at, { userId, subject }] of users.entries()) {
    const other = typeof subject === 'string' ? undefined : bySubject.get(userId);
    if (other === undefined) continue;
    const message = `is the id of users[${at}], who has no subject and signs in by the id`;
    yield { path: `users[${other}].subject`, message };
  }
}
