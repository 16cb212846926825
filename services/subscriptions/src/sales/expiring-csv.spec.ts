import { expiringCsv } from './expiring-csv.js';

const item = {
  accountId: 'lab',
  accountName: 'Lab, Ltd',
  startsOn: '2026-03-01',
  endsOn: '2026-05-31',
  endsAt: '2026-05-31T23:00:00.000Z',
  reference: '=1+1',
  daysLeft: 3,
};

it('has a header, quotes what needs it, and lets no text be a formula', () => {
  expect(expiringCsv([item]).split('\r\n')).toEqual([
    '\uFEFFaccountId,accountName,startsOn,endsOn,endsAt,reference,daysLeft',
    `lab,"Lab, Ltd",2026-03-01,2026-05-31,2026-05-31T23:00:00.000Z,'=1+1,3`,
    '',
  ]);
});
