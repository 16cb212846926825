import { AppError } from '@account-backups/contracts';
import { outcomeOf } from './work-outcome.js';

const ofDatabase = (code: string) => Object.assign(new Error('refused'), { code });

describe('work that failed', () => {
  it.each(['25006', '53100', '57014'])(
    'waits while the database refuses with %s: read-only, full, cancelled',
    (code) => {
      expect(outcomeOf(ofDatabase(code))).toBe('wait');
    },
  );

  it('waits while the store is away', () => {
    expect(outcomeOf(new AppError('OBJECT_STORE_UNAVAILABLE', 'away'))).toBe('wait');
  });

  it.each([
    ['LEASE_LOST', 'gone'],
    ['OBJECT_CORRUPT', 'retry'],
  ] as const)('with %s is %s', (code, outcome) => {
    expect(outcomeOf(new AppError(code, 'x'))).toBe(outcome);
  });
});
