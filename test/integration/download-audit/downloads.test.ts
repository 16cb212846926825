import { backupId, origin, openAudit, start, type Audit } from './harness.js';

let audit: Audit;

beforeEach(async () => {
  audit = await openAudit();
});

afterEach(() => audit.close());

const HOUR_MS = 3_600_000;
const accountId = 'northfield';
const unknownId = '99999999-9999-4999-8999-999999999999';
const list = (page: { limit?: number; cursor?: string | null } = {}) =>
  audit.downloads.list({ accountId, backupId, limit: 10, cursor: null, ...page });

async function sendRange(downloadId: string, range: { from: number; to: number; bytesSent: number }) {
  const { bytesSent, ...asked } = range;
  const ids = { accountId, backupId, downloadId };
  const { transferId } = await audit.downloads.beginRange({ ...ids, ...asked, ...origin });
  await audit.downloads.endRange({ ...ids, transferId, bytesSent });
}

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

describe('a message that comes twice', () => {
  const downloadId = '22222222-2222-4222-8222-222222222222';
  const transferId = '33333333-3333-4333-8333-333333333333';
  const range = { accountId, backupId, downloadId, from: 0, to: 100, ...origin, transferId };

  it('starts one download', async () => {
    const started = [
      await audit.downloads.start(start({ downloadId })),
      await audit.downloads.start(start({ downloadId })),
    ];
    expect(started).toEqual([{ downloadId }, { downloadId }]);
    expect((await list()).items).toMatchObject([{ downloadId }]);
  });

  it('starts one download when both come at once', async () => {
    await Promise.all([audit.downloads.start(start({ downloadId })), audit.downloads.start(start({ downloadId }))]);
    expect((await audit.chains.verifyChain({ accountId })).links).toBe(1);
  });

  it('begins one range, also when it has ended meanwhile', async () => {
    await audit.downloads.start(start({ downloadId }));
    await Promise.all([audit.downloads.beginRange(range), audit.downloads.beginRange(range)]);
    await audit.downloads.endRange({ ...range, bytesSent: 100 });
    await expect(audit.downloads.beginRange(range)).resolves.toEqual({ transferId });
    expect(await audit.chains.verifyChain({ accountId })).toMatchObject({ links: 3, fault: null });
    expect(await audit.database.query('SELECT * FROM download_audit.transfers')).toEqual([]);
  });
});

describe('downloads.list', () => {
  it('says who took it, from where, and how far it got', async () => {
    const { downloadId } = await audit.downloads.start(start());
    audit.clock.pass(HOUR_MS);
    await sendRange(downloadId, { from: 0, to: 100, bytesSent: 30 });
    audit.clock.pass(HOUR_MS);
    await sendRange(downloadId, { from: 20, to: 100, bytesSent: 21 });
    expect(await list()).toEqual({
      items: [
        {
          downloadId,
          startedAt: '2026-01-01T12:00:00.000Z',
          endedAt: '2026-01-01T14:00:00.000Z',
          user: { userId: 'ada', name: 'Ada' },
          ...origin,
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
  async function rangeUnderWay() {
    const ids = { accountId, backupId, downloadId: (await audit.downloads.start(start())).downloadId };
    const { transferId } = await audit.downloads.beginRange({ ...ids, from: 0, to: 100, ...origin });
    return { ...ids, transferId };
  }

  it('shows how far it has got, whatever order the notes come in', async () => {
    const { transferId } = await rangeUnderWay();
    for (const bytesSent of [20, 60, 40]) await audit.downloads.noteSent({ accountId, transferId, bytesSent });
    expect((await list()).items).toMatchObject([{ bytesSent: 60, outcome: 'in_progress', endedAt: null }]);
  });

  it('whose sender falls silent is closed with what it last said, in the chain, once', async () => {
    const { transferId } = await rangeUnderWay();
    await audit.downloads.noteSent({ accountId, transferId, bytesSent: 60 });
    audit.clock.pass(29_000);
    await audit.downloads.closeSilent();
    expect((await list()).items).toMatchObject([{ outcome: 'in_progress' }]);
    audit.clock.pass(2_000);
    await Promise.all([audit.downloads.closeSilent(), audit.downloads.closeSilent()]);
    expect((await list()).items).toMatchObject([{ bytesSent: 60, outcome: 'interrupted' }]);
    await expect(audit.chains.verifyChain({ accountId })).resolves.toMatchObject({ links: 3, fault: null });
  });

  it('that was closed while its sender could not be heard ends as the sender says at last', async () => {
    const range = await rangeUnderWay();
    audit.clock.pass(60_000);
    await audit.downloads.closeSilent();
    await audit.downloads.endRange({ ...range, bytesSent: 100 });
    await audit.downloads.noteSent({ accountId, transferId: range.transferId, bytesSent: 70 });
    expect((await list()).items).toMatchObject([{ bytesSent: 100, outcome: 'complete' }]);
    audit.clock.pass(60_000);
    await audit.downloads.closeSilent();
    await expect(audit.chains.verifyChain({ accountId })).resolves.toMatchObject({ links: 4, fault: null });
  });

  it('that was told to have ended twice is written once, as told first', async () => {
    const ids = { accountId, backupId, downloadId: (await audit.downloads.start(start())).downloadId };
    const { transferId } = await audit.downloads.beginRange({ ...ids, from: 0, to: 100, ...origin });
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
  ])('from $from to $to is refused', async (asked) => {
    const { downloadId } = await audit.downloads.start(start());
    const begun = audit.downloads.beginRange({ accountId, backupId, downloadId, ...asked, ...origin });
    await expect(begun).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  });

  it('of an unknown download is refused', async () => {
    const ids = { accountId, backupId, downloadId: unknownId };
    const begun = audit.downloads.beginRange({ ...ids, from: 0, to: 1, ...origin });
    await expect(begun).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const ended = audit.downloads.endRange({ ...ids, transferId: unknownId, bytesSent: 1 });
    await expect(ended).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('cannot have sent more than it has', async () => {
    const ids = { accountId, backupId, downloadId: (await audit.downloads.start(start())).downloadId };
    const { transferId } = await audit.downloads.beginRange({ ...ids, from: 0, to: 10, ...origin });
    const ended = audit.downloads.endRange({ ...ids, transferId, bytesSent: 11 });
    await expect(ended).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  });
});
