import { bearerOf, tokenIn } from './bearer.js';

const usual = { user: 'sub', account: 'account_id' };

describe('a bearer', () => {
  it.each([
    ['a program with any name', { sub: 'id@clients' }, { subject: 'id@clients', accountId: null }],
    ['a person with any name', { sub: 'abc|123', account_id: 'a' }, { subject: 'abc|123', accountId: 'a' }],
  ])('is %s', (_what, claims, expected) => {
    expect(bearerOf(claims, usual)).toMatchObject(expected);
  });

  it('is named by the claims of the settings', () => {
    const names = { user: 'oid', account: 'https://qms.example/account', scope: 'roles' };
    const claims = { sub: 's', oid: 'u', 'https://qms.example/account': 'a', scope: 'x', roles: ['backups'] };
    expect(bearerOf(claims, names)).toMatchObject({ subject: 'u', accountId: 'a', scopes: new Set(['backups']) });
  });

  it('says from when to when, and 1970 for what it does not say', () => {
    const [issuedAt, expiresAt] = [new Date('2026-01-01T00:00:00Z'), new Date('2026-01-01T01:00:00Z')];
    expect(bearerOf({ sub: 's', iat: 1_767_225_600, exp: 1_767_229_200 }, usual)).toMatchObject({
      issuedAt,
      expiresAt,
    });
    expect(bearerOf({ sub: 's', exp: 1_767_229_200 }, usual)).toMatchObject({ issuedAt: new Date(0) });
  });

  it.each([1_767_225_600_000, 1e300, -1])('was not issued at %d seconds', (iat) => {
    expect(() => bearerOf({ sub: 's', iat }, usual)).toThrow(expect.objectContaining({ code: 'UNAUTHENTICATED' }));
  });

  it.each([
    ['text', { scope: 'backups  other' }, ['backups', 'other']],
    ['a list', { scope: ['backups', 'other'] }, ['backups', 'other']],
    ['text in scp', { scp: 'backups' }, ['backups']],
    ['a list in scp', { scp: ['backups'] }, ['backups']],
    ['scope before scp', { scope: 'other', scp: ['backups'] }, ['other']],
    ['nothing else', { scope: { backups: true }, roles: ['backups'] }, []],
  ])('has the scopes of %s', (_what, claims, scopes) => {
    expect([...bearerOf({ sub: 's', ...claims }, usual).scopes]).toEqual(scopes);
  });

  it.each([
    ['no name', {}],
    ['an empty name', { sub: '' }],
    ['a name that is no text', { sub: 7 }],
    ['a name with a NUL', { sub: 'a\u0000b' }],
    ['an account that is no id', { sub: 's', account_id: '../a' }],
    ['an account that is null', { sub: 's', account_id: null }],
    ["a person's name of 256 characters", { sub: 'x'.repeat(256), account_id: 'a' }],
  ])('is refused with %s', (_what, claims) => {
    expect(() => bearerOf(claims, usual)).toThrow(expect.objectContaining({ code: 'UNAUTHENTICATED' }));
  });
});

describe('an Authorization header', () => {
  it.each(['Bearer a.b-c_d~e+f/g==', 'bearer   x'])('holds a token: %s', (header) => {
    expect(header.endsWith(tokenIn(header))).toBe(true);
  });

  it.each([undefined, '', 'Bearer', 'Bearer ', 'Bearer a b', 'Basic x', 'xBearer a', 'Bearer ä'])(
    'holds none: %s',
    (header) => {
      expect(() => tokenIn(header)).toThrow(expect.objectContaining({ code: 'UNAUTHENTICATED' }));
    },
  );
});
