import { z } from 'zod';
import { decodeCursor, encodeCursor } from './page-cursor.js';

const words = z.tuple([z.iso.date(), z.string().min(1)]);

it('gives the words back', () => {
  expect(decodeCursor(encodeCursor('2026-05-31', 'lab'), words)).toEqual(['2026-05-31', 'lab']);
});

it('writes what callers have held since the first release', () => {
  expect(encodeCursor('download', '42')).toBe('ZG93bmxvYWQgNDI');
});

it.each(['', 'x', encodeCursor('2026-05-31'), encodeCursor('2026-05-31', 'lab', 'more'), encodeCursor('soon', 'lab')])(
  'refuses %j, naming the field',
  (cursor) => {
    expect(() => decodeCursor(cursor, words)).toThrow(
      expect.objectContaining({ code: 'VALIDATION_FAILED', errors: [expect.objectContaining({ path: 'cursor' })] }),
    );
  },
);
