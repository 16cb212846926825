// What the audit is told of directories and sessions, in the transaction that changes them.
import { randomUUID } from 'node:crypto';
import { waitingTrail } from '../../support/waiting-trail.js';
import { directory, openPermissions, type Permissions } from './harness.js';

const ada = { accountId: 'northfield', userId: 'ada' };
const person = { kind: 'person', id: 'ada', name: 'Ada' };
const program = { kind: 'program', id: 'host', name: null } as const;
const from = { ipAddress: '203.0.113.7', userAgent: 'Firefox' };
const there = { ipAddress: '198.51.100.1', userAgent: 'Safari' };
const calledBy = { actor: { kind: 'person', id: 'ada', name: null }, ...there } as const;

let permissions: Permissions;
beforeEach(async () => {
  permissions = await openPermissions();
  permissions.clock.set('2026-03-01T12:00:00.000Z');
  await permissions.sync('northfield', directory({ users: [{ userId: 'ada', name: 'Ada' }] }));
  await permissions.database.query('DELETE FROM permissions.trail_outbox');
});
afterEach(() => permissions?.close());

const told = () => waitingTrail(permissions.database, 'permissions');

async function begin(sessionId: string = randomUUID()): Promise<string> {
  const times = { idleSeconds: 1_800, maxSeconds: 28_800 };
  const by = { issuer: 'https://issuer.example', issuerSubject: 'ada', issuerSession: null };
  await permissions.sessions.begin({ ...ada, sessionId, ...times, ...from, ...by });
  return sessionId;
}

describe('a session', () => {
  it('is told of when it begins, once however often the message comes', async () => {
    const sessionId = await begin();
    await begin(sessionId);
    const subject = `session/${sessionId}`;
    expect(await told()).toMatchObject([
      {
        chainId: 'northfield',
        action: 'session.begun',
        actor: person,
        subject,
        ...from,
        at: '2026-03-01T12:00:00.000Z',
      },
    ]);
  });

  it('is told of when its person ends it, from where', async () => {
    const sessionId = await begin();
    await permissions.sessions.end({ ...ada, sessionId, calledBy });
    await permissions.sessions.end({ ...ada, sessionId, calledBy });
    const [, ...then] = await told();
    const subject = `session/${sessionId}`;
    const details = { because: 'ended_by_person', userId: 'ada' };
    expect(then).toMatchObject([{ action: 'session.ended', actor: person, subject, ...there, details }]);
  });

  it('is told of for each that ends beside another', async () => {
    const [kept, ...others] = [await begin(), await begin(), await begin()];
    await permissions.sessions.endOthers({ ...ada, keptSessionId: kept, calledBy });
    const ended = (await told()).filter(({ action }) => action === 'session.ended');
    expect(new Set(ended.map(({ subject }) => subject))).toEqual(new Set(others.map((id) => `session/${id}`)));
  });

  it('is told of when its issuer ends it', async () => {
    await begin();
    const named = { issuerSubject: 'ada', issuerSession: null, tokenId: 't', requestId: randomUUID() };
    await permissions.sessions.endByIssuer({ issuer: 'https://issuer.example', ...named });
    const [, ...then] = await told();
    const actor = { kind: 'program', id: 'https://issuer.example', name: null };
    expect(then).toMatchObject([
      { action: 'session.ended', actor, details: { because: 'ended_by_issuer', userId: 'ada' } },
    ]);
  });

  it('is told of once when it ran out, with the time of that', async () => {
    const sessionId = await begin();
    permissions.clock.set('2026-03-01T13:00:00.000Z');
    await permissions.sessions.noteRunOut();
    await permissions.sessions.noteRunOut();
    const [, ...then] = await told();
    expect(then).toMatchObject([
      {
        action: 'session.ended',
        subject: `session/${sessionId}`,
        at: '2026-03-01T12:30:00.000Z',
        actor: { kind: 'system' },
      },
    ]);
  });
});

describe('a directory', () => {
  const sync = async (parts: Parameters<typeof directory>[0]) =>
    permissions.directories.sync({
      accountId: 'northfield',
      ...(await permissions.directories.beginChange()),
      directory: directory(parts),
      calledBy: { actor: program, ...there },
    });

  it('is told of by its counts, with who sent it', async () => {
    await sync({
      users: [
        { userId: 'ada', name: 'Ada' },
        { userId: 'mona', name: 'Mona' },
      ],
      revision: 7,
    });
    const details = { revision: 7, orgUnits: 0, users: 2, userGroups: 0, deactivated: 0 };
    expect(await told()).toMatchObject([
      { action: 'directory.changed', actor: program, subject: 'account/northfield', ...there, details },
    ]);
  });

  it('is told of with the sessions that it ends', async () => {
    const sessionId = await begin();
    await sync({ users: [{ userId: 'ada', name: 'Ada', active: false }] });
    const [, ...then] = await told();
    expect(then).toMatchObject([
      { action: 'directory.changed', details: { deactivated: 1 } },
      {
        action: 'session.ended',
        actor: program,
        subject: `session/${sessionId}`,
        details: { because: 'person_inactive' },
      },
    ]);
  });

  it('is not told of when it is older than what is known', async () => {
    const turn = await permissions.directories.beginChange();
    await sync({});
    const before = await told();
    await permissions.directories.sync({ accountId: 'northfield', ...turn, directory: directory() });
    expect(await told()).toEqual(before);
  });
});
