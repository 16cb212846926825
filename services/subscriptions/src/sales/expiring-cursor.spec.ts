import { cursorOf, readCursor } from './expiring-cursor.js';

it('reads what it wrote', () => {
  const place = { endsOn: '2026-05-31', accountId: 'a.b_c:d-E' };
  expect(readCursor(cursorOf(place))).toEqual(place);
});

it.each([
  '',
  'nonsense',
  Buffer.from('2026-13-01 lab').toString('base64url'),
  Buffer.from('0000-01-01 lab').toString('base64url'),
  Buffer.from("2026-05-31 '").toString('base64url'),
])('refuses %j, which it did not write', (cursor) => {
  expect(() => readCursor(cursor)).toThrow('nextCursor');
});
