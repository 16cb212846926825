import { migrate, pendingDrift } from '@account-backups/database';
import { backupId, caller, openAudit, start, type Audit } from './audit.js';

let audit: Audit;

beforeEach(async () => {
  audit = await openAudit();
});

afterEach(() => audit.close());

const accountId = 'northfield';
const unknownId = '99999999-9999-4999-8999-999999999999';
const list = (page: { limit?: number; cursor?: string | null } = {}) =>
  audit.downloads.list({ accountId, backupId, limit: 10, cursor: null, ...page });

async function sendRange(downloadId: string, range: { from: number; to: number; bytesSent: number }) {
  const { bytesSent, ...span } = range;
  const ids = { accountId, backupId, downloadId };
  const { transferId } = await audit.downloads.beginRange({ ...ids, ...span, ...caller });
  await audit.downloads.endRange({ ...ids, transferId, bytesSent });
}

it('makes the schema that the entities describe, undoes it, and makes it again', async () => {
  const { database } = audit;
  expect(await pendingDrift(database)).toEqual([]);
  await database.undoLastMigration();
  await migrate(database);
  expect(await pendingDrift(database)).toEqual([]);
});

describe('downloads.get', () => {
  it('gives a download to the person who began it', async () => {
    const { downloadId } = await audit.downloads.start(start());
    await expect(audit.downloads.get({ accountId, backupId, downloadId, userId: 'ada' })).resolves.toEqual({
      downloadId,
      ofBytes: 100,
      expiresAt: '2026-01-02T12:00:00.000Z',
    });
  });

  it.each([
    ['another person', { userId: 'felix' }],
    ['another account', { accountId: 'harbour' }],
    ['another backup', { backupId: unknownId }],
    ['an unknown download', { downloadId: unknownId }],
  ])('knows nothing for %s', async (_what, other) => {
    const { downloadId } = await audit.downloads.start(start());
    const asked = audit.downloads.get({ accountId, backupId, downloadId, userId: 'ada', ...other });
    await expect(asked).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('downloads.list', () => {
  it('says who took it, from where, and how far it got', async () => {
    const { downloadId } = await audit.downloads.start(start());
    audit.clock.forward(1);
    await sendRange(downloadId, { from: 0, to: 100, bytesSent: 30 });
    audit.clock.forward(1);
    await sendRange(downloadId, { from: 20, to: 100, bytesSent: 21 });
    expect(await list()).toEqual({
      items: [
        {
          downloadId,
          startedAt: '2026-01-01T12:00:00.000Z',
          endedAt: '2026-01-01T14:00:00.000Z',
          user: { userId: 'ada', name: 'Ada' },
          ...caller,
          bytesSent: 41,
          ofBytes: 100,
          outcome: 'interrupted',
        },
      ],
      nextCursor: null,
    });
  });

  it('calls a download complete that was sent in pieces', async () => {
    const { downloadId } = await audit.downloads.start(start());
    await sendRange(downloadId, { from: 60, to: 100, bytesSent: 40 });
    await sendRange(downloadId, { from: 0, to: 100, bytesSent: 60 });
    expect((await list()).items).toMatchObject([{ outcome: 'complete', bytesSent: 100 }]);
  });

  it('pages from the newest to the oldest, each once', async () => {
    const ids = [];
    for (let nth = 0; nth < 5; nth++) ids.unshift((await audit.downloads.start(start())).downloadId);
    const first = await list({ limit: 2 });
    const second = await list({ limit: 2, cursor: first.nextCursor });
    const third = await list({ limit: 2, cursor: second.nextCursor });
    expect([first, second, third].flatMap(({ items }) => items.map(({ downloadId }) => downloadId))).toEqual(ids);
    expect(third.nextCursor).toBeNull();
  });

  it('shows nothing of other backups and other accounts', async () => {
    await audit.downloads.start(start({ accountId: 'harbour' }));
    await audit.downloads.start(start({ backupId: unknownId }));
    expect((await list()).items).toEqual([]);
  });

  it('keeps names that cannot be stored as they are', async () => {
    await audit.downloads.start(start({ user: { userId: 'ada', name: 'A\ud800\u0000' }, userAgent: '\u0000' }));
    expect((await list()).items).toMatchObject([{ user: { name: 'A\ufffd\ufffd' }, userAgent: '\ufffd' }]);
    await expect(audit.chains.verifyChain({ accountId })).resolves.toMatchObject({ links: 1, fault: null });
  });
});

describe('a range', () => {
  it('that was told to have ended twice is written once, as told first', async () => {
    const ids = { accountId, backupId, downloadId: (await audit.downloads.start(start())).downloadId };
    const { transferId } = await audit.downloads.beginRange({ ...ids, from: 0, to: 100, ...caller });
    const end = (bytesSent: number) => audit.downloads.endRange({ ...ids, transferId, bytesSent });
    await end(70);
    await Promise.all([end(70), end(70), end(90)]);
    expect((await list()).items).toMatchObject([{ bytesSent: 70 }]);
    await expect(audit.chains.verifyChain({ accountId })).resolves.toMatchObject({ links: 3, fault: null });
  });

  it.each([
    { from: 5, to: 5 },
    { from: 9, to: 5 },
    { from: 0, to: 101 },
  ])('from $from to $to is refused', async (span) => {
    const { downloadId } = await audit.downloads.start(start());
    const begun = audit.downloads.beginRange({ accountId, backupId, downloadId, ...span, ...caller });
    await expect(begun).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  });

  it('of an unknown download is refused', async () => {
    const ids = { accountId, backupId, downloadId: unknownId };
    const begun = audit.downloads.beginRange({ ...ids, from: 0, to: 1, ...caller });
    await expect(begun).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const ended = audit.downloads.endRange({ ...ids, transferId: unknownId, bytesSent: 1 });
    await expect(ended).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('cannot have sent more than it has', async () => {
    const ids = { accountId, backupId, downloadId: (await audit.downloads.start(start())).downloadId };
    const { transferId } = await audit.downloads.beginRange({ ...ids, from: 0, to: 10, ...caller });
    const ended = audit.downloads.endRange({ ...ids, transferId, bytesSent: 11 });
    await expect(ended).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  });
});
