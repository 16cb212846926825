import { cursorAt, sequenceOf } from './page-cursor.js';

it('reads what it made', () => {
  expect(sequenceOf(cursorAt(42))).toBe(42);
});

it.each(['x', '', Buffer.from('download -1').toString('base64url'), Buffer.from('download 1e3').toString('base64url')])(
  'refuses %j',
  (cursor) => {
    expect(() => sequenceOf(cursor)).toThrow('cursor: expected one that an earlier page gave');
  },
);
