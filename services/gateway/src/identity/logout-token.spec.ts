import { logoutTokenOf } from './logout-token.js';

const events = { 'http://schemas.openid.net/event/backchannel-logout': {} };
const whole = { jti: 'j', sub: 'ada', sid: 's', events };

describe('a logout token', () => {
  it.each([
    [{ typ: 'logout+jwt' }, whole, { issuerSubject: 'ada', issuerSession: 's' }],
    [{ typ: 'application/logout+jwt' }, { ...whole, sid: undefined }, { issuerSubject: 'ada', issuerSession: null }],
    [{}, { ...whole, sub: undefined, more: 1 }, { issuerSubject: null, issuerSession: 's' }],
  ])('%j names whom it is about: %j', (header, payload, expected) => {
    expect(logoutTokenOf(header, payload)).toEqual({ tokenId: 'j', ...expected });
  });

  it.each([
    ['a nonce', {}, { ...whole, nonce: 'n' }],
    ['nobody', {}, { ...whole, sub: undefined, sid: undefined }],
    ['no events', {}, { ...whole, events: undefined }],
    ['another event', {}, { ...whole, events: { 'https://example/event': {} } }],
    ['an event that is no object', {}, { ...whole, events: { [Object.keys(events)[0] ?? '']: 'yes' } }],
    ['no id', {}, { ...whole, jti: undefined }],
    ['the type of access tokens', { typ: 'at+jwt' }, whole],
  ])('with %s is none', (_what, header, payload) => {
    expect(() => logoutTokenOf(header, payload)).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED' }));
  });
});
