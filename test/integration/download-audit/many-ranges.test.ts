import { randomUUID } from 'node:crypto';
import { backupId, origin, openAudit, start, type Audit } from './harness.js';

const accountId = 'northfield';
const LINKED = 16;

let audit: Audit;
let downloadId: string;

beforeEach(async () => {
  audit = await openAudit();
  ({ downloadId } = await audit.downloads.start(start({ ofBytes: 10_000 })));
});

afterEach(() => audit.close());

const ids = () => ({ accountId, backupId, downloadId });

async function begin(from: number, { bytes = 1, ...from_ }: { bytes?: number; ipAddress?: string } = {}) {
  const asked = { ...ids(), from, to: from + bytes, ...origin, ...from_ };
  return (await audit.downloads.beginRange(asked)).transferId;
}

async function take(from: number, range: { bytes?: number; ipAddress?: string } = {}): Promise<void> {
  const transferId = await begin(from, range);
  await audit.downloads.endRange({ ...ids(), transferId, bytesSent: range.bytes ?? 1 });
}

async function takeEach(count: number, fromOf: (nth: number) => number): Promise<void> {
  for (let nth = 0; nth < count; nth += 1) await take(fromOf(nth));
}

async function shown() {
  const { items } = await audit.downloads.list({ accountId, backupId, limit: 10, cursor: null });
  return items[0];
}

const kinds = async (): Promise<string[]> => {
  const rows: { kind: string }[] = await audit.database.query(
    'SELECT kind FROM download_audit.links ORDER BY sequence',
  );
  return rows.map(({ kind }) => kind);
};

const payloadOf = async (kind: string) => {
  const rows: { payload: object }[] = await audit.database.query(
    'SELECT payload FROM download_audit.links WHERE kind = $1 ORDER BY sequence DESC LIMIT 1',
    [kind],
  );
  return rows[0]?.payload;
};

describe('ranges in any number', () => {
  it('add a bounded number of links, and every byte counts once', async () => {
    await takeEach(300, (nth) => (nth % 250) * 2);
    expect(await shown()).toMatchObject({ bytesSent: 250, outcome: 'interrupted' });
    expect(await kinds()).toHaveLength(1 + 2 * LINKED);
    expect(await audit.database.query('SELECT * FROM download_audit.transfers')).toEqual([]);
  });

  it('are told to the chain within a minute, then every ten', async () => {
    await takeEach(LINKED + 4, (nth) => nth);
    await audit.downloads.recordTallies();
    expect(await kinds()).not.toContain('tallied');
    audit.clock.pass(31_000);
    await Promise.all([audit.downloads.recordTallies(), audit.downloads.recordTallies()]);
    expect(await payloadOf('tallied')).toEqual({ ranges: 4, bytesSent: LINKED + 4 });
    await take(100);
    audit.clock.pass(590_000);
    await audit.downloads.recordTallies();
    expect((await kinds()).filter((kind) => kind === 'tallied')).toHaveLength(1);
    audit.clock.pass(20_000);
    await audit.downloads.recordTallies();
    await audit.downloads.recordTallies();
    expect(await payloadOf('tallied')).toEqual({ ranges: 5, bytesSent: LINKED + 5 });
    expect(await audit.chains.verifyChain({ accountId })).toMatchObject({ links: 1 + 2 * LINKED + 2, fault: null });
  });

  it('that lie scattered cost no more than a row', async () => {
    await audit.database.query(
      `INSERT INTO download_audit.tallies SELECT $1, $2, $3, 512, 512, now(), jsonb_agg(piece), now()
       FROM (SELECT jsonb_build_object('start', 3000 + nth * 10, 'end', 3001 + nth * 10) AS piece
             FROM generate_series(0, 511) AS nth) AS pieces`,
      [downloadId, accountId, backupId],
    );
    await takeEach(LINKED + 2, (nth) => nth * 10);
    const rows: { pieces: object[] }[] = await audit.database.query('SELECT pieces FROM download_audit.tallies');
    expect(rows[0]?.pieces).toHaveLength(512);
    // Two gaps of nine bytes each were closed.
    expect(await shown()).toMatchObject({ bytesSent: 512 + LINKED + 2 + 18 });
  });

  it('make a whole download', async () => {
    await takeEach(LINKED + 1, (nth) => nth);
    await take(LINKED + 1, { bytes: 10_000 - LINKED - 1 });
    expect(await shown()).toMatchObject({ bytesSent: 10_000, outcome: 'complete' });
  });

  it('have links of their own where each comes from somewhere new, up to a bound', async () => {
    await takeEach(LINKED, (nth) => nth);
    await take(100, { ipAddress: '198.51.100.1' });
    await take(101, { ipAddress: '198.51.100.1' });
    expect(await payloadOf('range_begun')).toMatchObject({ from: 100, ipAddress: '198.51.100.1' });
    for (let nth = 0; nth < 60; nth += 1) await take(200 + nth, { ipAddress: `192.0.2.${nth}` });
    expect((await kinds()).filter((kind) => kind === 'range_begun')).toHaveLength(64);
    expect(await shown()).toMatchObject({ bytesSent: LINKED + 62 });
  });
});

describe('a range without links', () => {
  beforeEach(() => takeEach(LINKED, (nth) => nth));

  it('shows how far it has got', async () => {
    const transferId = await begin(100, { bytes: 50 });
    await audit.downloads.noteSent({ accountId, transferId, bytesSent: 20 });
    expect(await shown()).toMatchObject({ bytesSent: LINKED + 20, outcome: 'in_progress' });
  });

  it('ends once, however often that is told', async () => {
    const transferId = await begin(100, { bytes: 50 });
    const end = () => audit.downloads.endRange({ ...ids(), transferId, bytesSent: 50 });
    await Promise.all([end(), end()]);
    await expect(end()).resolves.toEqual({});
    expect(await audit.database.query('SELECT ranges FROM download_audit.tallies')).toEqual([{ ranges: '1' }]);
  });

  it('cannot have sent more than it has', async () => {
    const transferId = await begin(100, { bytes: 50 });
    const ended = audit.downloads.endRange({ ...ids(), transferId, bytesSent: 51 });
    await expect(ended).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  });

  it('whose sender falls silent gets links, so an end that is told later counts', async () => {
    const transferId = await begin(100, { bytes: 50 });
    await audit.downloads.noteSent({ accountId, transferId, bytesSent: 20 });
    audit.clock.pass(31_000);
    await audit.downloads.closeSilent();
    expect(await shown()).toMatchObject({ bytesSent: LINKED + 20, outcome: 'interrupted' });
    await audit.downloads.endRange({ ...ids(), transferId, bytesSent: 50 });
    expect(await shown()).toMatchObject({ bytesSent: LINKED + 50 });
    expect(await audit.chains.verifyChain({ accountId })).toMatchObject({ fault: null });
  });

  it('of another backup is not known', async () => {
    const transferId = await begin(100);
    const other = { ...ids(), backupId: randomUUID() };
    await expect(audit.downloads.endRange({ ...other, transferId, bytesSent: 1 })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});
