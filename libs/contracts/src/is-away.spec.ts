import { AppError } from './app-error.js';
import { nullIfAway } from './is-away.js';

describe('nullIfAway', () => {
  it.each(['UNAVAILABLE', 'REQUEST_TIMED_OUT', 'MESSAGE_UNROUTABLE', 'BROKER_UNAVAILABLE'] as const)(
    'is null for %s',
    (code) => {
      expect(nullIfAway(new AppError(code, 'nobody answers'))).toBeNull();
    },
  );

  it.each([new AppError('NOT_FOUND', 'no such account'), new AppError('INTERNAL', 'it broke'), new Error('bug')])(
    'throws %s',
    (error) => {
      expect(() => nullIfAway(error)).toThrow(error);
    },
  );
});
