// What the audit is told of a backup's life, in the transaction of each move.
import { randomUUID } from 'node:crypto';
import { waitingTrail } from '../../support/waiting-trail.js';
import { asked, built, openDesk, type Desk } from './harness.js';

let desk: Desk;

beforeEach(async () => {
  desk = await openDesk();
});

afterEach(() => desk.close());

const told = () => waitingTrail(desk.database, 'backups');
const calledBy = {
  actor: { kind: 'person', id: 'ada', name: null },
  ipAddress: '203.0.113.7',
  userAgent: 'curl/8',
} as const;

async function requested(): Promise<string> {
  return (await desk.requests.create(asked('ada', { calledBy }))).backup.backupId;
}

it('tells who requested what, from where', async () => {
  const backupId = await requested();
  expect(await told()).toEqual([
    {
      recordId: expect.any(String),
      chainId: 'lab',
      at: '2026-03-01T12:00:00.000Z',
      actor: { kind: 'person', id: 'ada', name: 'ADA' },
      action: 'backup.requested',
      subject: `backup/${backupId}`,
      outcome: 'ok',
      ipAddress: '203.0.113.7',
      userAgent: 'curl/8',
      details: {
        allOrgUnits: true,
        orgUnits: 3,
        includeActive: true,
        includeInactive: false,
        excludeSuperseded: false,
        passwordProtected: false,
      },
    },
  ]);
});

it('tells nothing of a request that is refused, or repeated', async () => {
  const key = { idempotencyKey: randomUUID(), requestFingerprint: 'f' };
  await desk.requests.create(asked('ada', key));
  await desk.requests.create(asked('ada', key));
  await expect(desk.requests.create(asked('ada'))).rejects.toMatchObject({ code: 'BACKUP_ALREADY_PENDING' });
  expect(await told()).toHaveLength(1);
});

it('tells of a cancellation once', async () => {
  const which = { accountId: 'lab', userId: 'ada', backupId: await requested() };
  await desk.backups.cancel({ ...which, calledBy });
  await expect(desk.backups.cancel(which)).rejects.toMatchObject({ code: 'BACKUP_NOT_PENDING' });
  const [, ...then] = await told();
  const actor = { kind: 'person', id: 'ada', name: 'ADA' };
  expect(then).toMatchObject([{ action: 'backup.cancelled', actor, ipAddress: '203.0.113.7' }]);
});

it('tells of completion and expiry once, as done by the system', async () => {
  const backupId = await requested();
  await desk.lifecycle.tick('scan');
  const fact = built(backupId, new Date('2026-03-01T12:10:00.000Z'));
  await desk.lifecycle.complete(fact);
  await desk.lifecycle.complete(fact);
  desk.clock.set('2026-04-01T12:00:00Z');
  await desk.lifecycle.tick('sweep');
  await desk.lifecycle.tick('sweep');
  const [, ...then] = await told();
  const bySystem = { actor: { kind: 'system', id: null, name: null }, subject: `backup/${backupId}`, ipAddress: null };
  expect(then).toMatchObject([
    {
      ...bySystem,
      action: 'backup.completed',
      at: '2026-03-01T12:10:00.000Z',
      details: { documents: 3, exceptions: 1 },
    },
    { ...bySystem, action: 'backup.expired', at: '2026-04-01T12:00:00.000Z' },
  ]);
});

it('tells why a backup failed, by its code alone', async () => {
  const backupId = await requested();
  await desk.lifecycle.tick('scan');
  await desk.lifecycle.fail({ accountId: 'lab', backupId, code: 'permission_lost', message: 'a sentence' });
  const [, ...then] = await told();
  expect(then).toMatchObject([{ action: 'backup.failed', outcome: 'failed', details: { code: 'permission_lost' } }]);
  expect(JSON.stringify(then)).not.toContain('a sentence');
});
