// What stays on record when a backup's archive is gone; receipts and `verify --online` rely on it.
import { asked, built, counts, openDesk, type Desk } from './harness.js';

const DAY_MS = 86_400_000;
let desk: Desk;

beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const recordFor = (userId: string, backupId: string) => desk.backups.getRecord({ accountId: 'lab', userId, backupId });

async function completed(): Promise<string> {
  const { backup } = await desk.requests.create(asked('ada'));
  await desk.lifecycle.tick('scan');
  await desk.lifecycle.complete(built(backup.backupId, desk.clock.at));
  return backup.backupId;
}

describe('the record of a backup', () => {
  it('states what was made, and who asks', async () => {
    const backupId = await completed();
    expect(await recordFor('ada', backupId)).toMatchObject({
      backupId,
      status: 'completed',
      completedAt: '2026-03-01T12:00:00.000Z',
      scope: { orgUnits: [{ orgUnitId: 'a' }, { orgUnitId: 'b' }, { orgUnitId: 'c' }] },
      documentCount: 3,
      exceptionCount: 1,
      counts,
      archive: { sizeBytes: 1_000, sha256: 'b'.repeat(64), fileName: 'lab.zip' },
      askedBy: { userId: 'ada', name: 'ADA' },
      askedAt: desk.clock.at.toISOString(),
    });
  });

  it('outlives the archive', async () => {
    const backupId = await completed();
    desk.clock.pass(15 * DAY_MS);
    await desk.lifecycle.tick('sweep');
    await desk.lifecycle.noteDeleted({ accountId: 'lab', backupId });
    const record = await recordFor('ada', backupId);
    expect(record).toMatchObject({ status: 'expired', archive: { sizeBytes: 1_000, sha256: 'b'.repeat(64) } });
    const view = await desk.backups.get({ accountId: 'lab', userId: 'ada', backupId });
    expect(view.archive).toEqual(record.archive);
  });

  it('is not there for somebody who may not see the backup', async () => {
    const backupId = await completed();
    await expect(recordFor('mona', backupId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is none before the archive is made', async () => {
    const { backup } = await desk.requests.create(asked('ada'));
    await expect(recordFor('ada', backup.backupId)).rejects.toMatchObject({ code: 'BACKUP_NOT_COMPLETED' });
  });
});
