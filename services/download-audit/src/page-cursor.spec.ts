import { decodeCursor, encodeCursor } from './page-cursor.js';

it('reads what it made', () => {
  expect(decodeCursor(encodeCursor(42))).toBe(42);
});

it.each(['x', '', Buffer.from('download -1').toString('base64url'), Buffer.from('download 1e3').toString('base64url')])(
  'refuses %j',
  (cursor) => {
    expect(() => decodeCursor(cursor)).toThrow('cursor: expected one that an earlier page gave');
  },
);
