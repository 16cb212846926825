import { Logger } from '@nestjs/common';
import { AppError, type Payload } from '@account-backups/contracts';
import { jest } from '@jest/globals';
import { Bus } from '@account-backups/messaging';
import type { Credential, Person } from './caller.js';
import { RunningAnswers } from './running-answers.js';

type Check = Payload<'sessions.check'>;
type Rights = Payload<'backups.check-visible'>;

const NOW = new Date('2026-01-01T12:00:00Z');
const sessionId = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const bySession = (number: number): Credential => ({ kind: 'session', sessionId: sessionId(number) });
const byToken = (seconds: number): Credential => ({
  kind: 'token',
  issuedAt: NOW,
  expiresAt: new Date(NOW.getTime() + seconds * 1_000),
});
const personBy = (by: Credential, userId = 'ada'): Person => ({
  kind: 'person',
  accountId: 'lab',
  userId,
  scopes: new Set(),
  by,
});
const BACKUP = '11111111-1111-4111-8111-111111111111';

describe('what runs', () => {
  const bus = new Bus({ url: 'amqp://no-broker', name: 'tests' });
  const ended = new Set<string>();
  let running: RunningAnswers;
  /** What no longer holds. */
  let over: Set<string>;
  let asked: (Check | Rights)[];
  let isAway: boolean;

  beforeEach(() => {
    jest.useFakeTimers({ now: NOW });
    Logger.overrideLogger(false);
    running = new RunningAnswers(bus);
    running.onModuleInit();
    ended.clear();
    [over, asked, isAway] = [new Set(), [], false];
    jest.spyOn(bus, 'request').mockImplementation(((name: string, payload: Check & Rights) => {
      asked.push(payload);
      if (isAway) return Promise.reject(new AppError('BROKER_UNAVAILABLE', 'away'));
      if (name === 'backups.check-visible') {
        return Promise.resolve({ visible: payload.asked.map(({ backupId }) => !over.has(backupId)) });
      }
      return Promise.resolve({
        sessions: payload.sessions.map((one) => !over.has(one.sessionId)),
        tokens: payload.tokens.map(({ userId }) => !over.has(userId)),
      });
    }) as never);
  });
  afterEach(() => {
    running.onApplicationShutdown();
    jest.useRealTimers();
  });

  const watch = (name: string, person: Person, backupId?: string) =>
    running.watch({ person, ...(backupId !== undefined && { backupId }), end: () => void ended.add(name) });

  it('ends with its session, the others go on', async () => {
    watch('first', personBy(bySession(1)));
    watch('second', personBy(bySession(2)));
    over.add(sessionId(1));
    await jest.advanceTimersByTimeAsync(2_000);
    expect([...ended]).toEqual(['first']);
  });

  it('ends at the end of its token, though nobody can be asked', async () => {
    isAway = true;
    watch('stream', personBy(byToken(3)));
    await jest.advanceTimersByTimeAsync(2_999);
    expect([...ended]).toEqual([]);
    await jest.advanceTimersByTimeAsync(1);
    expect([...ended]).toEqual(['stream']);
  });

  it('ends with its person, whose token still holds', async () => {
    watch('stream', personBy(byToken(3_600), 'leo'));
    over.add('leo');
    await jest.advanceTimersByTimeAsync(2_000);
    expect([...ended]).toEqual(['stream']);
  });

  it('ends with the right to the backup, where it is a download', async () => {
    watch('download', personBy(bySession(1)), BACKUP);
    watch('stream', personBy(bySession(1)));
    over.add(BACKUP);
    await jest.advanceTimersByTimeAsync(2_000);
    expect([...ended]).toEqual(['download']);
  });

  it('is a use of the session where it is a download, and else none', async () => {
    watch('download', personBy(bySession(1)), BACKUP);
    watch('stream', personBy(bySession(2)));
    await jest.advanceTimersByTimeAsync(2_000);
    const used = asked.flatMap((check) => ('sessions' in check ? check.sessions.map(({ isUsed }) => isUsed) : []));
    expect(used).toEqual([true, false]);
  });

  it('is asked about together, a thousand at a time, and not at all once it is over', async () => {
    const leaves = Array.from({ length: 1_500 }, (_, at) => watch(`${at}`, personBy(bySession(at))));
    await jest.advanceTimersByTimeAsync(2_000);
    expect(asked.map((check) => ('sessions' in check ? check.sessions.length : 0))).toEqual([1_000, 500]);
    for (const leave of leaves) leave();
    await jest.advanceTimersByTimeAsync(10_000);
    expect(asked.length).toBe(2);
  });

  it('is looked at at once where it is told that a session of the person ended', async () => {
    watch('ada', personBy(bySession(1)));
    watch('leo', personBy(bySession(2), 'leo'));
    for (const number of [1, 2]) over.add(sessionId(number));
    await running.lookAt({ accountId: 'lab', userId: 'leo' });
    expect([...ended]).toEqual(['leo']);
    await running.lookAt({ accountId: 'lab', userId: null });
    expect([...ended]).toEqual(['leo', 'ada']);
  });

  it('goes on for a minute while nobody can be asked, and no longer', async () => {
    watch('stream', personBy(bySession(1)));
    isAway = true;
    await jest.advanceTimersByTimeAsync(59_000);
    expect([...ended]).toEqual([]);
    await jest.advanceTimersByTimeAsync(5_000);
    expect([...ended]).toEqual(['stream']);
  });

  it('goes on where the answer comes back in time', async () => {
    watch('stream', personBy(bySession(1)));
    isAway = true;
    await jest.advanceTimersByTimeAsync(50_000);
    isAway = false;
    await jest.advanceTimersByTimeAsync(120_000);
    expect([...ended]).toEqual([]);
  });
});
