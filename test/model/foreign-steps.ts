// Steps with another account's ids in every place of a call: they reveal nothing and change nothing.
import { randomUUID } from 'node:crypto';
import type { ApiClient } from '../support/api-client.js';
import { referenceAccess } from '../integration/permissions/reference-access.js';
import type { KnownAccount } from './account-rules.js';
import { expectRefusal, step, user, type Act, type Problem, type RealAccount } from './walk-step.js';

export const foreignSteps = [user.map((userId) => step(`what is the neighbour's, as ${userId}`, trespassing(userId)))];

function trespassing(userId: string): Act {
  return async (known, real) => {
    const person = await real.person(userId);
    const { backupId, downloadId, accountId } = real.neighbour;
    for (const [method, path] of pathsOf(known, real)) {
      const headers = { 'x-account-id': accountId, 'idempotency-key': backupId };
      const answer: Problem = await person.send(method, path, { headers });
      expectRefusal(answer, 'NOT_FOUND');
      const made: Problem = await person.send(method, path.replace(backupId, randomUUID()), { headers });
      expect(withoutIds(answer)).toEqual(withoutIds(made));
    }
    for (const backup of known.backups.slice(-2)) {
      const answer: Problem = await person.get(`/api/v1/backups/${backup.backupId}/downloads/${downloadId}/archive`);
      const codes = [undefined, 'UNAUTHENTICATED', 'NOT_FOUND', 'BACKUP_NOT_COMPLETED'];
      expect(codes).toContain(answer.body?.code);
      expect(answer.status).toBeGreaterThanOrEqual(400);
    }
    if (referenceAccess(known.directory, userId) !== null) await expectNoField(person, accountId);
  };
}

type Call = readonly [method: string, path: string];

function pathsOf({ links }: KnownAccount, { neighbour: { backupId, downloadId } }: RealAccount): readonly Call[] {
  const base = `/api/v1/backups/${backupId}`;
  const own = links.at(-1)?.downloadId ?? downloadId;
  return [
    ['GET', base],
    ['POST', `${base}/cancel`],
    ['GET', `${base}/receipt`],
    ['GET', `${base}/downloads`],
    ['POST', `${base}/downloads`],
    ['GET', `${base}/downloads/${downloadId}/archive`],
    ['HEAD', `${base}/downloads/${downloadId}/archive`],
    ['GET', `${base}/downloads/${own}/archive`],
  ];
}

/** Who asks is in the token alone. */
async function expectNoField(person: ApiClient, accountId: string): Promise<void> {
  const answers: Problem[] = [
    await person.post('/api/v1/backups', { accountId }),
    await person.post('/api/v1/backups', { userId: 'p0' }),
    await person.post('/api/v1/backups/estimate', { accountId }),
    await person.get(`/api/v1/backups?accountId=${accountId}`),
    await person.put(`/api/v1/provisioning/accounts/${accountId}/directory`, { name: 'taken', timeZone: 'UTC' }),
  ];
  const codes = answers.map(({ body }) => body.code);
  expect(codes).toEqual([...Array.from({ length: 4 }, () => 'VALIDATION_FAILED'), 'SCOPE_MISSING']);
}

function withoutIds({ status, body }: Problem): string {
  return JSON.stringify({ status, body }).replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID');
}
