import { BY_SYSTEM, trailRecordOf } from './trail-record.js';

const recordId = '11111111-1111-4111-8111-111111111111';
const at = new Date('2026-03-01T12:00:00.000Z');
const happening = { chainId: 'northfield', at, action: 'backup.expired', subject: 'backup/1', by: BY_SYSTEM };

describe('trailRecordOf', () => {
  it('says everything, also what nobody gave', () => {
    expect(trailRecordOf(recordId, happening)).toEqual({
      recordId,
      chainId: 'northfield',
      at: '2026-03-01T12:00:00.000Z',
      actor: { kind: 'system', id: null, name: null },
      action: 'backup.expired',
      subject: 'backup/1',
      outcome: 'ok',
      ipAddress: null,
      userAgent: null,
      details: {},
    });
  });

  it('says from where a call came, as it can be stored', () => {
    const by = {
      actor: { kind: 'person', id: 'ada', name: 'A\u0000\ud800' },
      ipAddress: '::1',
      userAgent: 'curl',
    } as const;
    const record = trailRecordOf(recordId, { ...happening, by });
    expect(record).toMatchObject({ actor: { name: 'A\ufffd\ufffd' }, ipAddress: '::1', userAgent: 'curl' });
  });

  it('refuses what no record may say before it can wait for ever', () => {
    expect(() => trailRecordOf(recordId, { ...happening, action: 'No action' })).toThrow(
      expect.objectContaining({ code: 'MESSAGE_INVALID' }),
    );
  });
});
