import type { Account, CalledBy } from '@account-backups/contracts';
import { Trail } from '@account-backups/service-kit';
import { database as definition } from '@account-backups/subscriptions/database.js';
import { SubscriptionService } from '@account-backups/subscriptions/terms/subscription.service.js';
import { TermsRepository } from '@account-backups/subscriptions/terms/terms.repository.js';
import { migratedDatabase, type MigratedDatabase } from '../../support/migrated-database.js';
import { SetClock } from '../../support/set-clock.js';
import { ToldBus } from '../../support/told-bus.js';
import { waitingTrail } from '../../support/waiting-trail.js';

const account: Account = { accountId: 'lab', name: 'Lab', timeZone: 'Europe/London', enterprise: false };
const by = (id: string): CalledBy => ({
  actor: { kind: 'program', id, name: null },
  ipAddress: '203.0.113.7',
  userAgent: 'curl/8',
});
const asked = { accountId: 'lab', by: by('sally') };
const spring = { startsOn: '2026-03-01', endsOn: '2026-05-31', reference: 'Q-1', note: 'won' };

let database: MigratedDatabase;
let clock: SetClock;
let subscriptions: SubscriptionService;

beforeEach(async () => {
  database = await migratedDatabase(definition);
  clock = new SetClock('2026-04-10T12:00:00Z');
  const bus = new ToldBus({ 'permissions.get-account': () => account });
  subscriptions = new SubscriptionService(
    new TermsRepository(database.pool, new Trail(database.pool, bus)),
    bus,
    clock,
  );
});

afterEach(() => database.close());

const stateNow = () => subscriptions.getState({ accountId: 'lab', timeZone: account.timeZone });

it('says none before the first term', async () => {
  expect(await stateNow()).toMatchObject({ state: 'none', startsOn: null, endsAt: null });
});

it('is valid from the first instant of the first day to the last of the last, there', async () => {
  await subscriptions.start(asked, spring);
  // British Summer Time began on 29 March: 1 June begins at 23:00 UTC the day before.
  const instants = { startsAt: '2026-03-01T00:00:00.000Z', endsAt: '2026-05-31T23:00:00.000Z' };
  expect(await stateNow()).toMatchObject({ state: 'valid', ...instants });
  clock.set('2026-05-31T22:59:59.999Z');
  expect((await stateNow()).state).toBe('valid');
  clock.set('2026-05-31T23:00:00.000Z');
  expect((await stateNow()).state).toBe('expired');
  clock.set('2026-02-28T23:59:59.999Z');
  expect((await stateNow()).state).toBe('scheduled');
});

it('grants one of twenty overlapping terms at the same moment', async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => subscriptions.start(asked, spring)));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason as { code: string }] : []));
  expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(['TERM_OVERLAPS']));
});

it('extends, ends and withdraws, and keeps who and why of each', async () => {
  await subscriptions.start(asked, spring);
  await subscriptions.extend(asked, { endsOn: '2026-06-30', note: 'renewed' });
  await subscriptions.start(asked, { ...spring, startsOn: '2026-09-01', endsOn: '2026-09-30' });
  const ended = await subscriptions.end({ accountId: 'lab', by: by('sam') }, { note: 'moved away' });
  expect(ended).toMatchObject({ state: 'valid', endsOn: '2026-04-10', endsAt: '2026-04-10T23:00:00.000Z' });
  clock.set('2026-04-11T12:00:00Z');
  const withdrawn = await subscriptions.end(asked, { endsOn: '2026-08-31', note: 'not needed' });
  expect(withdrawn.terms).toHaveLength(1);
  expect(withdrawn.history.map((entry) => [entry.action, entry.by, entry.note])).toEqual([
    ['started', 'sally', 'won'],
    ['extended', 'sally', 'renewed'],
    ['started', 'sally', 'won'],
    ['ended', 'sam', 'moved away'],
    ['withdrawn', 'sally', 'not needed'],
  ]);
});

it('tells the audit of each change, with neither reference nor note', async () => {
  await subscriptions.start(asked, spring);
  await subscriptions.extend(asked, { endsOn: '2026-06-30', note: 'renewed' });
  await expect(subscriptions.start(asked, spring)).rejects.toThrow();
  const told = await waitingTrail(database.pool, 'subscriptions');
  expect(told.map(({ details }) => details)).toEqual([
    { change: 'started', startsOn: '2026-03-01', endsOn: '2026-05-31' },
    { change: 'extended', startsOn: '2026-03-01', endsOn: '2026-06-30' },
  ]);
  expect(told[0]).toMatchObject({
    chainId: 'lab',
    at: '2026-04-10T12:00:00.000Z',
    actor: { kind: 'program', id: 'sally' },
    action: 'subscription.changed',
    ipAddress: '203.0.113.7',
  });
});

it('refuses to extend into the next term, or to end what is over', async () => {
  await subscriptions.start(asked, spring);
  await subscriptions.start(asked, { ...spring, startsOn: '2026-07-01', endsOn: '2026-07-31' });
  const into = subscriptions.extend(asked, { endsOn: '2026-07-01', note: '' });
  await expect(into).rejects.toMatchObject({ code: 'TERM_OVERLAPS' });
  clock.set('2027-01-01T12:00:00Z');
  await expect(subscriptions.end(asked, { note: '' })).rejects.toMatchObject({ code: 'TERM_NOT_FOUND' });
});
