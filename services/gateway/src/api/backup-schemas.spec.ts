import { backupsQuery, requestBody } from './backup-schemas.js';

describe('what a caller sends', () => {
  it.each(['{"__proto__":{"includeActive":false}}', '{"constructor":{"prototype":{"x":1}}}', '{"allOrgUnits":true}'])(
    'sets no field that a request does not have: %s',
    (text) => {
      expect(requestBody.safeParse(JSON.parse(text)).success).toBe(false);
      expect(({} as Record<string, unknown>)['includeActive']).toBeUndefined();
    },
  );

  it('is refused where a query names a field twice', () => {
    expect(backupsQuery.safeParse({ limit: ['5', '200'] }).success).toBe(false);
    expect(backupsQuery.safeParse({ status: ['completed', 'pending'] }).success).toBe(false);
  });
});
