import { metrics } from '@account-backups/service-kit';
import { asked, built, counts, openDesk, type Desk } from './harness.js';

const DAY_MS = 86_400_000;
let desk: Desk;

beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

async function requested(fields = {}): Promise<string> {
  return (await desk.requests.create(asked('ada', fields))).backup.backupId;
}
const jobOf = (name: string, backupId: string) => ({ name, payload: { accountId: 'lab', backupId } });
const look = (backupId: string) => desk.backups.get({ accountId: 'lab', userId: 'ada', backupId });
const fetchArchive = (backupId: string) => desk.backups.getArchive({ accountId: 'lab', userId: 'ada', backupId });

async function sealedIn(backupId: string): Promise<unknown> {
  const [row] = await desk.database.query<{ sealed_password: string | null }[]>(
    'SELECT sealed_password FROM backups.backups WHERE backup_id = $1',
    [backupId],
  );
  return row?.sealed_password;
}

describe("a backup's life", () => {
  it('begins with a scan, once however many scans there are at a time', async () => {
    const backupId = await requested();
    await Promise.all([1, 2, 3].map(() => desk.lifecycle.tick('scan')));
    expect(desk.bus.sentOf('job')).toEqual([jobOf('archives.plan', backupId)]);
    expect((await look(backupId)).status).toBe('in_progress');
  });

  it('does not begin with a sweep', async () => {
    const backupId = await requested();
    await desk.lifecycle.tick('sweep');
    expect((await look(backupId)).status).toBe('pending');
  });

  it('is cancelled only while pending, and forgets the password', async () => {
    const backupId = await requested({ sealedPassword: 'v1.sealed' });
    const cancel = () => desk.backups.cancel({ accountId: 'lab', userId: 'ada', backupId });
    expect((await cancel()).status).toBe('cancelled');
    expect(await sealedIn(backupId)).toBeNull();
    await expect(cancel()).rejects.toMatchObject({ code: 'BACKUP_NOT_PENDING' });
  });

  it('shows progress that never goes back', async () => {
    const backupId = await requested();
    await desk.lifecycle.tick('scan');
    const progress = { accountId: 'lab', backupId, ofDocuments: 10, ofSizeBytes: 1_000 };
    await desk.lifecycle.noteProgress({ ...progress, documents: 0, sizeBytes: 0 });
    desk.clock.pass(10_000);
    await desk.lifecycle.noteProgress({ ...progress, documents: 5, sizeBytes: 500 });
    await desk.lifecycle.noteProgress({ ...progress, documents: 2, sizeBytes: 200 });
    expect((await look(backupId)).progress).toEqual({
      documents: 5,
      sizeBytes: 500,
      ofDocuments: 10,
      ofSizeBytes: 1_000,
      secondsLeft: 10,
    });
  });

  it('completes once, forgets the password, and can be taken for fourteen days', async () => {
    const backupId = await requested({ sealedPassword: 'v1.sealed' });
    await expect(fetchArchive(backupId)).rejects.toMatchObject({ code: 'BACKUP_NOT_COMPLETED' });
    await desk.lifecycle.tick('scan');
    const fact = built(backupId, desk.clock.at);
    await desk.lifecycle.complete(fact);
    desk.clock.pass(DAY_MS);
    await desk.lifecycle.complete({ ...fact, objectKey: 'another', builtAt: desk.clock.at.toISOString() });
    const archive = await fetchArchive(backupId);
    expect(archive).toMatchObject({ objectKey: fact.objectKey, expiresAt: '2026-03-15T12:00:00.000Z' });
    expect(await sealedIn(backupId)).toBeNull();
  });

  it('is for Site Admins alone once its archive tells of documents in no OU', async () => {
    desk.world.rights.set('mona', { orgUnitIds: ['a', 'b', 'c'], siteAdmin: false });
    const mona = { accountId: 'lab', userId: 'mona' };
    const seen = async () => (await desk.backups.list({ ...mona, limit: 10, cursor: null, status: null })).items.length;
    const backupId = await requested();
    await desk.lifecycle.tick('scan');
    expect(await seen()).toBe(1);
    const fact = built(backupId, desk.clock.at);
    await desk.lifecycle.complete(fact);
    await desk.lifecycle.complete(fact);
    expect(await seen()).toBe(0);
    await expect(desk.backups.get({ ...mona, backupId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const { status, allOrgUnits, orgUnits } = await look(backupId);
    expect({ status, allOrgUnits, count: orgUnits.length }).toEqual({
      status: 'completed',
      allOrgUnits: true,
      count: 3,
    });
  });

  it('stays visible when its archive lacks files alone, or is of some OUs', async () => {
    desk.world.rights.set('mona', { orgUnitIds: ['a', 'b', 'c'], siteAdmin: false });
    const whole = await requested();
    await desk.lifecycle.tick('scan');
    const part = await requested({ request: { ...asked('ada').request, orgUnitIds: ['a'] } });
    await desk.lifecycle.tick('scan');
    const { documents, ...others } = counts;
    await desk.lifecycle.complete({
      ...built(whole, desk.clock.at),
      counts: { ...others, documents: { ...documents, included: 4, exceptions: 0 } },
    });
    await desk.lifecycle.complete(built(part, desk.clock.at));
    for (const backupId of [whole, part]) {
      const backup = desk.backups.get({ accountId: 'lab', userId: 'mona', backupId });
      await expect(backup).resolves.toMatchObject({ status: 'completed' });
    }
  });

  it('expires to the second, and its archive is deleted until somebody says that it is', async () => {
    const backupId = await requested();
    await desk.lifecycle.tick('scan');
    await desk.lifecycle.complete(built(backupId, desk.clock.at));
    desk.clock.pass(14 * DAY_MS - 1);
    expect((await fetchArchive(backupId)).backupId).toBe(backupId);
    desk.clock.pass(1);
    await expect(fetchArchive(backupId)).rejects.toMatchObject({ code: 'BACKUP_EXPIRED' });
    desk.bus.sent.length = 0;
    await desk.lifecycle.tick('sweep');
    desk.clock.pass(60_000);
    await desk.lifecycle.tick('sweep');
    const deletion = jobOf('archives.delete', backupId);
    expect(desk.bus.sentOf('job')).toEqual([deletion, deletion]);
    await desk.lifecycle.noteDeleted({ accountId: 'lab', backupId });
    desk.clock.pass(60_000);
    await desk.lifecycle.tick('sweep');
    expect(desk.bus.sentOf('job')).toHaveLength(2);
  });

  it('fails with a reason, and a new request can be made at once', async () => {
    const backupId = await requested();
    await desk.lifecycle.tick('scan');
    const reason = { code: 'permission_lost', message: 'The right was lost.' } as const;
    await desk.lifecycle.fail({ accountId: 'lab', backupId, ...reason });
    expect(await look(backupId)).toMatchObject({ status: 'failed', failure: reason });
    expect(await requested()).not.toBe(backupId);
  });

  it('stays failed when the archive is said to be built afterwards', async () => {
    const backupId = await requested();
    await desk.lifecycle.tick('scan');
    await desk.lifecycle.fail({ accountId: 'lab', backupId, code: 'build_failed', message: 'x' });
    await desk.lifecycle.complete(built(backupId, desk.clock.at));
    expect((await look(backupId)).status).toBe('failed');
  });

  it('is told to the zip-builder again when nothing was heard of it', async () => {
    const backupId = await requested();
    await desk.lifecycle.tick('scan');
    desk.clock.pass(31_000);
    await desk.lifecycle.tick('sweep');
    await desk.lifecycle.tick('sweep');
    const plan = jobOf('archives.plan', backupId);
    expect(desk.bus.sentOf('job')).toEqual([plan, plan]);
  });

  describe('while it waits', () => {
    const progress = { documents: 5, sizeBytes: 500, ofDocuments: 10, ofSizeBytes: 1_000 };
    let which: { accountId: string; backupId: string };

    beforeEach(async () => {
      which = { accountId: 'lab', backupId: await requested({ sealedPassword: 'v1.sealed' }) };
      await desk.lifecycle.tick('scan');
    });

    it('says for what and since when, with or without a plan, until it goes on', async () => {
      const since = desk.clock.at.toISOString();
      await desk.lifecycle.noteWaiting({ ...which, waitingFor: 'store' });
      expect(await look(which.backupId)).toMatchObject({ waitingFor: 'store', waitingSince: since });
      desk.clock.pass(5_000);
      await desk.lifecycle.noteProgress({ ...which, ...progress, waitingFor: 'service' });
      expect(await look(which.backupId)).toMatchObject({ waitingFor: 'service', waitingSince: since });
      await desk.lifecycle.noteProgress({ ...which, ...progress });
      expect(await look(which.backupId)).toMatchObject({ waitingFor: null, waitingSince: null });
    });

    it('is told of once, not at every repetition', async () => {
      const told = () => desk.bus.sentOf('signal').length;
      const before = told();
      await desk.lifecycle.noteWaiting({ ...which, waitingFor: null });
      await desk.lifecycle.noteWaiting({ ...which, waitingFor: 'store' });
      await desk.lifecycle.noteWaiting({ ...which, waitingFor: 'store' });
      expect(told() - before).toBe(1);
    });

    it('tells no time left, and does not count the wait for its speed', async () => {
      await desk.lifecycle.noteProgress({ ...which, ...progress, documents: 0, sizeBytes: 0 });
      desk.clock.pass(10_000);
      await desk.lifecycle.noteProgress({ ...which, ...progress, waitingFor: 'store' });
      desk.clock.pass(3_600_000 - 1);
      expect((await look(which.backupId)).progress?.secondsLeft).toBeNull();
      await desk.lifecycle.noteProgress({ ...which, ...progress });
      expect((await look(which.backupId)).progress?.secondsLeft).toBe(10);
    });

    it('tells no time left while no builder is there, and does not count that for its speed', async () => {
      await desk.lifecycle.noteProgress({ ...which, ...progress, documents: 0, sizeBytes: 0 });
      desk.clock.pass(10_000);
      await desk.lifecycle.noteProgress({ ...which, ...progress });
      desk.clock.pass(3_600_000 - 1);
      expect((await look(which.backupId)).progress?.secondsLeft).toBeNull();
      await desk.lifecycle.noteProgress({ ...which, ...progress });
      expect((await look(which.backupId)).progress?.secondsLeft).toBe(10);
    });

    it('waits for a builder when none has spoken for a minute', async () => {
      const since = desk.clock.at.toISOString();
      desk.clock.pass(60_001);
      expect(await look(which.backupId)).toMatchObject({ waitingFor: 'builder', waitingSince: since });
      await desk.lifecycle.noteWaiting({ ...which, waitingFor: null });
      expect((await look(which.backupId)).waitingFor).toBeNull();
    });

    it('is counted by what it waits for', async () => {
      const counted = async () => {
        const found = await metrics.getSingleMetric('account_backups_waiting_backups')?.get();
        return Object.fromEntries(found?.values.map(({ labels, value }) => [labels['reason'], value]) ?? []);
      };
      desk.clock.pass(60_001);
      expect(await counted()).toEqual({ store: 0, service: 0, builder: 1 });
      await desk.lifecycle.noteWaiting({ ...which, waitingFor: 'store' });
      expect(await counted()).toEqual({ store: 1, service: 0, builder: 0 });
    });

    it('fails, and forgets the password, when it has not advanced for too long', async () => {
      await desk.lifecycle.noteProgress({ ...which, ...progress });
      desk.clock.pass(3_600_000);
      await desk.lifecycle.noteProgress({ ...which, ...progress, waitingFor: 'store' });
      await desk.lifecycle.tick('sweep');
      expect((await look(which.backupId)).status).toBe('in_progress');
      desk.clock.pass(1);
      desk.bus.sent.length = 0;
      await desk.lifecycle.tick('sweep');
      expect(await look(which.backupId)).toMatchObject({ status: 'failed', failure: { code: 'waited_too_long' } });
      expect(await sealedIn(which.backupId)).toBeNull();
      expect(desk.bus.sentOf('job')).toEqual([jobOf('archives.delete', which.backupId)]);
    });

    it('goes on for as long as it advances', async () => {
      for (const documents of [1, 2, 3]) {
        desk.clock.pass(3_000_000);
        await desk.lifecycle.noteProgress({ ...which, ...progress, documents });
        await desk.lifecycle.tick('sweep');
      }
      expect((await look(which.backupId)).status).toBe('in_progress');
    });
  });
});
