import { trailRecord } from './trail.js';

const record = {
  recordId: '11111111-1111-4111-8111-111111111111',
  chainId: '~system',
  at: '2026-03-01T12:00:00.000Z',
  actor: { kind: 'nobody', id: null, name: null },
  action: 'key.added',
  subject: 'key/seal/k1',
  outcome: 'ok',
  ipAddress: null,
  userAgent: null,
  details: { times: 2, ids: ['a', 'b'] },
};

const isTaken = (change: object) => trailRecord.safeParse({ ...record, ...change }).success;

describe('trailRecord', () => {
  it('takes what a record says, in the chain of an account or of the system', () => {
    expect([isTaken({}), isTaken({ chainId: 'northfield' })]).toEqual([true, true]);
  });

  it.each([
    { subject: 'a\u0000' },
    { subject: '\ud800' },
    { details: { ids: ['\ud800'] } },
    { details: { 'a\u0000': 1 } },
    { details: Object.fromEntries(Array.from({ length: 51 }, (_, nth) => [`n${nth}`, nth])) },
    { details: { half: 0.5 } },
    { details: { deep: { deeper: 1 } } },
    { action: 'Key added' },
    { chainId: '~other' },
    { unknown: 1 },
  ])('refuses %j', (change) => {
    expect(isTaken(change)).toBe(false);
  });
});
