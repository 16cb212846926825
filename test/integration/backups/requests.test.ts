import { AppError } from '@account-backups/contracts';
import { asked, built, openDesk, type Desk } from './harness.js';

let desk: Desk;

beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const request = { includeActive: true, includeInactive: false, excludeSuperseded: false };

describe('a request', () => {
  it('freezes the OUs that the requester may back up', async () => {
    const { backup } = await desk.requests.create(asked('mona'));
    desk.world.rights.set('mona', { orgUnitIds: ['a', 'b', 'c'], siteAdmin: false });
    const seen = await desk.backups.get({ accountId: 'lab', userId: 'mona', backupId: backup.backupId });
    expect(seen).toMatchObject({ status: 'pending', allOrgUnits: false, createdBy: { userId: 'mona', name: 'MONA' } });
    expect(seen.orgUnits).toEqual([
      { orgUnitId: 'a', name: 'OU a' },
      { orgUnitId: 'b', name: 'OU b' },
    ]);
  });

  it('says "all OUs" when the frozen set was every one of the account', async () => {
    expect((await desk.requests.create(asked('ada'))).backup.allOrgUnits).toBe(true);
  });

  it('is granted once of a hundred at the same moment', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 100 }, () => desk.requests.create(asked('ada'))));
    const refused = outcomes.filter((one) => one.status === 'rejected').map((one) => one.reason as AppError);
    expect(refused.map(({ code }) => code)).toEqual(Array.from({ length: 99 }, () => 'BACKUP_ALREADY_PENDING'));
  });

  it('is refused without a valid subscription, and writes nothing', async () => {
    desk.world.subscription = 'expired';
    await expect(desk.requests.create(asked('ada'))).rejects.toMatchObject({ code: 'SUBSCRIPTION_REQUIRED' });
    expect(await desk.database.query('SELECT 1 FROM backups.backups')).toEqual([]);
  });

  it('is refused for the right before the subscription', async () => {
    desk.world.subscription = 'expired';
    await expect(desk.requests.create(asked('otto'))).rejects.toMatchObject({ code: 'PERMISSION_MISSING' });
    const beyond = asked('mona', { request: { ...request, orgUnitIds: ['c'] } });
    await expect(desk.requests.create(beyond)).rejects.toMatchObject({ code: 'ORG_UNIT_NOT_PERMITTED' });
  });

  it('may be made while another backup of the account runs', async () => {
    await desk.requests.create(asked('ada'));
    await desk.lifecycle.tick('scan');
    expect((await desk.requests.create(asked('ada'))).created).toBe(true);
  });

  it('with the same idempotency key gives the same backup, even at the same moment', async () => {
    const again = asked('ada', { idempotencyKey: 'k', requestFingerprint: 'f' });
    const replies = await Promise.all(Array.from({ length: 20 }, () => desk.requests.create(again)));
    expect(new Set(replies.map(({ backup }) => backup.backupId)).size).toBe(1);
    expect(replies.filter(({ created }) => created)).toHaveLength(1);
  });

  it('repeated by somebody who lost a right in between gives nothing away', async () => {
    const again = asked('mona', { idempotencyKey: 'k', requestFingerprint: 'f' });
    await desk.requests.create(again);
    desk.world.rights.set('mona', { orgUnitIds: ['a'], siteAdmin: false });
    await expect(desk.requests.create(again)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('repeated by somebody who is nobody now is refused', async () => {
    const again = asked('mona', { idempotencyKey: 'k', requestFingerprint: 'f' });
    await desk.requests.create(again);
    desk.world.rights.delete('mona');
    await expect(desk.requests.create(again)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('with the same idempotency key and another content is refused', async () => {
    await desk.requests.create(asked('ada', { idempotencyKey: 'k', requestFingerprint: 'f' }));
    const other = desk.requests.create(asked('ada', { idempotencyKey: 'k', requestFingerprint: 'g' }));
    await expect(other).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });
});

describe('seeing backups', () => {
  it('takes the right in every OU of the frozen set, as it is now', async () => {
    const { backup } = await desk.requests.create(asked('mona'));
    const look = () => desk.backups.get({ accountId: 'lab', userId: 'mona', backupId: backup.backupId });
    desk.world.rights.set('mona', { orgUnitIds: ['a'], siteAdmin: false });
    await expect(look()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    desk.world.rights.set('mona', { orgUnitIds: ['a', 'b'], siteAdmin: false });
    expect((await look()).backupId).toBe(backup.backupId);
  });

  it('of a removed OU is left to Site Admins', async () => {
    const { backup } = await desk.requests.create(asked('mona'));
    desk.world.orgUnitIds.splice(0, 1);
    desk.world.rights.set('mona', { orgUnitIds: ['b'], siteAdmin: false });
    const list = (userId: string) =>
      desk.backups.list({ accountId: 'lab', userId, limit: 10, cursor: null, status: null });
    expect((await list('mona')).items).toEqual([]);
    expect((await list('ada')).items.map(({ backupId }) => backupId)).toEqual([backup.backupId]);
  });

  it('by status counts a lapsed one as expired before the tick says so', async () => {
    const { backup } = await desk.requests.create(asked('ada'));
    await desk.lifecycle.tick('scan');
    await desk.lifecycle.complete(built(backup.backupId, desk.clock.at));
    desk.clock.pass(14 * 86_400_000);
    const list = async (status: 'completed' | 'expired') =>
      (await desk.backups.list({ accountId: 'lab', userId: 'ada', limit: 10, cursor: null, status })).items.length;
    expect([await list('completed'), await list('expired')]).toEqual([0, 1]);
  });

  it('stays within the account', async () => {
    const { backup } = await desk.requests.create(asked('ada'));
    const other = desk.backups.get({ accountId: 'other', userId: 'ada', backupId: backup.backupId });
    await expect(other).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('goes page by page, newest first, each once', async () => {
    const made: string[] = [];
    for (let round = 0; round < 5; round += 1) {
      made.unshift((await desk.requests.create(asked('ada'))).backup.backupId);
      await desk.lifecycle.tick('scan');
      desk.clock.pass(1);
    }
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await desk.backups.list({ accountId: 'lab', userId: 'ada', limit: 2, cursor, status: null });
      seen.push(...page.items.map(({ backupId }) => backupId));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(made);
    expect(seen).toHaveLength(5);
  });
});
