import { EMPTY_CHAIN, linkAfter, type LinkContent } from '../rows/link.js';
import { entryOf } from './entry-of.js';

const start = {
  userId: 'ada',
  userName: 'Ada',
  ipAddress: '203.0.113.7',
  userAgent: 'curl/8',
  ofBytes: 100,
  expiresAt: '2026-01-02T12:00:00.000Z',
};
const begun = { from: 10, to: 30, ipAddress: '203.0.113.8', userAgent: 'wget' };
const ada = { kind: 'person', id: 'ada', name: 'Ada' };

function link(kind: LinkContent['kind'], payload: object, transferId: string | null = null) {
  const ids = { accountId: 'northfield', backupId: 'b1', downloadId: 'd1', transferId };
  return linkAfter(EMPTY_CHAIN, { ...ids, at: new Date('2026-01-01T12:00:00.000Z'), kind, payload });
}

describe('entryOf', () => {
  it('says of a download who took what, and from where', () => {
    expect(entryOf(link('started', start), { start, begun: null })).toEqual({
      sequence: 1,
      at: '2026-01-01T12:00:00.000Z',
      actor: ada,
      action: 'download.begun',
      subject: 'backup/b1',
      outcome: 'ok',
      ipAddress: '203.0.113.7',
      userAgent: 'curl/8',
      details: { downloadId: 'd1', ofBytes: 100 },
    });
  });

  it.each([
    ['range_ended' as const, 20, 'ok'],
    ['range_ended' as const, 19, 'failed'],
    ['range_lost' as const, 20, 'failed'],
  ])('ends a download with %s of %i bytes of 20: %s', (kind, bytesSent, outcome) => {
    const entry = entryOf(link(kind, { bytesSent }, 't1'), { start, begun });
    const details = { downloadId: 'd1', ofBytes: 100, transferId: 't1', from: 10, to: 30, bytesSent };
    expect(entry).toMatchObject({ actor: ada, action: 'download.ended', outcome, ipAddress: '203.0.113.8', details });
  });

  it('tells of a range that begins, and of ranges without links', () => {
    const range = entryOf(link('range_begun', begun, 't1'), { start, begun });
    expect(range).toMatchObject({ action: 'range.begun', details: { transferId: 't1', from: 10, to: 30 } });
    const tallied = entryOf(link('tallied', { ranges: 70, bytesSent: 99 }), { start, begun: null });
    expect(tallied).toMatchObject({ action: 'download.ended', details: { ranges: 70, bytesSent: 99 } });
  });

  it('gives what was recorded as it was told, without its id', () => {
    const said = {
      actor: { kind: 'program', id: 'host', name: null },
      action: 'directory.changed',
      subject: 'account/northfield',
      outcome: 'ok',
      ipAddress: null,
      userAgent: null,
      details: { users: 3 },
    };
    const recorded = link('recorded', { recordId: 'r1', ...said });
    expect(entryOf(recorded, { start: null, begun: null })).toEqual({
      sequence: 1,
      at: '2026-01-01T12:00:00.000Z',
      ...said,
    });
  });
});
