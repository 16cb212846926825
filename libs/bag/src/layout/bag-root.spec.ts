import { bagRoot } from './bag-root.js';

const parts = { accountId: 'acc-1', asAt: '2025-11-23T17:04:05.678+01:00', backupId: '1A2b3c4d-0000' };

describe('bagRoot', () => {
  it.each([
    ['Northfield', 'northfield'],
    ['Northfield Hospitals Trust', 'northfield'],
    ['Zürich Spital', 'zurich'],
    ['Nordkrankenhausverbund', 'nordkrankenh'],
    ['日本', 'acc-1'],
    ['../..', 'acc-1'],
  ])('names the bag of %s', (accountName, slug) => {
    expect(bagRoot({ ...parts, accountName })).toBe(`${slug}_20251123T160405Z_1a2b3c4d`);
  });
});
