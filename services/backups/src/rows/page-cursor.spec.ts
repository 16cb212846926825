import { cursorAt, pageEndOf } from './page-cursor.js';

const pageEnd = {
  createdAt: new Date('2026-03-01T12:00:00.007Z'),
  backupId: '11111111-1111-4111-8111-111111111111',
};
const cursorOf = (text: string) => Buffer.from(text).toString('base64url');

it('reads what it made', () => {
  expect(pageEndOf(cursorAt(pageEnd))).toEqual(pageEnd);
});

it('reads a cursor of an earlier release', () => {
  const held = 'MjAyNi0wMy0wMVQxMjowMDowMC4wMDdaIDExMTExMTExLTExMTEtNDExMS04MTExLTExMTExMTExMTExMQ';
  expect(pageEndOf(held)).toEqual(pageEnd);
});

it.each([
  '2026-03-01T12:00:00Z 11111111-1111-4111-8111-111111111111',
  '2026-13-01T12:00:00.007Z 11111111-1111-4111-8111-111111111111',
  '2026-03-01T12:00:00.007Z 1',
  '2026-03-01T12:00:00.007Z',
])('refuses %j', (text) => {
  expect(() => pageEndOf(cursorOf(text))).toThrow('cursor: expected one that an earlier page gave');
});
