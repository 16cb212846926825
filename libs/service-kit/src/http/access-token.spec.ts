import { isAccessToken } from './access-token.js';

const usual = ['at+jwt'];

describe('an access token', () => {
  it.each(['at+jwt', 'application/at+jwt', 'AT+JWT', 'Application/AT+jwt'])('may be of type %s', (typ) => {
    expect(isAccessToken({ typ }, { sub: 's' }, usual)).toBe(true);
  });

  it.each([[{ typ: 'JWT' }], [{}], [{ typ: '' }], [{ typ: 'logout+jwt' }], [{ typ: 'text/at+jwt' }]])(
    'is none with the header %j',
    (header) => {
      expect(isAccessToken(header, { sub: 's' }, usual)).toBe(false);
    },
  );

  it('may be of another type by the settings, and then name none', () => {
    expect([{ typ: 'jwt' }, {}, { typ: 'x' }].map((header) => isAccessToken(header, {}, ['at+jwt', 'JWT']))).toEqual([
      true,
      true,
      false,
    ]);
  });

  it.each([
    ['an ID token', { nonce: 'n' }],
    ['an ID token', { at_hash: 'h' }],
    ['an ID token', { typ: 'ID' }],
    ['a logout token', { events: { 'http://schemas.openid.net/event/backchannel-logout': {} } }],
    ['a logout token', { typ: 'Logout' }],
  ])('is never %s: %j', (_what, claims) => {
    expect(isAccessToken({ typ: 'JWT' }, claims, ['JWT'])).toBe(false);
  });

  it('is never of the type of logout tokens, though the settings name it', () => {
    expect(isAccessToken({ typ: 'logout+jwt' }, {}, ['logout+jwt'])).toBe(false);
  });
});
