import { addressBelow } from './address-below.js';

describe('addressBelow', () => {
  it.each([
    ['/apps/backups', '/apps/backups/api/v1/me?x=/apps/backups/', '/api/v1/me?x=/apps/backups/'],
    ['/apps/backups', '/apps/backups', '/'],
    ['/apps/backups', '/apps/backups?embed', '/?embed'],
    ['/apps/backups', '/apps/backups-old/', '/apps/backups-old/'],
    ['/apps/backups', '/api/v1/me', '/api/v1/me'],
    ['', '/api/v1/me', '/api/v1/me'],
  ])('below "%s" takes %s for %s', (path, address, expected) => {
    expect(addressBelow(path, address)).toBe(expected);
  });
});
