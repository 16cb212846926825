import { AppError } from '@account-backups/contracts';
import { asAppError } from './as-app-error.js';

const seen = (error: unknown) => {
  const { code, message } = asAppError(error);
  return { code, message };
};

it("leaves what is the caller's own", () => {
  const refusal = new AppError('BACKUP_EXPIRED', 'the backup has expired');
  expect(asAppError(refusal)).toBe(refusal);
});

it.each(['OBJECT_NOT_FOUND', 'OBJECT_RANGE_INVALID', 'MESSAGE_INVALID', 'LEASE_LOST'] as const)(
  'tells a caller nothing of %s, which may name an object',
  (code) => {
    const error = new AppError(code, 'no object accounts/lab/backups/1.zip');
    expect(seen(error)).toEqual({ code: 'INTERNAL', message: expect.not.stringContaining('accounts/') });
    expect(asAppError(error).cause).toBe(error);
  },
);

it.each([
  new AppError('OBJECT_STORE_UNAVAILABLE', 'the file store failed at accounts/lab'),
  new AppError('REQUEST_TIMED_OUT', 'documents did not answer'),
  Object.assign(new Error('cannot execute UPDATE in a read-only transaction'), { code: '25006' }),
  Object.assign(new Error('canceling statement due to statement timeout'), { code: '57014' }),
  Object.assign(new Error('could not extend file: No space left on device'), { code: '53100' }),
])('calls it unavailable when a part is away: %s', (error) => {
  expect(seen(error)).toEqual({ code: 'UNAVAILABLE', message: expect.stringContaining('try again') });
});

it('keeps the text of a fault of ours for the log', () => {
  expect(seen(new TypeError('x is undefined in secret.ts'))).toEqual({
    code: 'INTERNAL',
    message: 'something went wrong here; the log knows more',
  });
});
