import { bearerOf } from './token.command.js';

describe('bearerOf', () => {
  it('makes a person of an account and a user', () => {
    expect(bearerOf({ account: 'acme', user: 'ada' })).toEqual({ accountId: 'acme', userId: 'ada' });
  });

  it('makes a program of a name and its scopes, each once', () => {
    const bearer = bearerOf({ service: 'host', scope: ['provisioning', 'provisioning'] });
    expect(bearer).toEqual({ service: 'host', scopes: ['provisioning'] });
  });

  it.each([
    [{}],
    [{ account: 'acme' }],
    [{ user: 'ada' }],
    [{ service: 'host' }],
    [{ service: 'host', user: 'ada', scope: ['provisioning'] }],
    [{ account: 'acme', user: 'ada', scope: ['provisioning'] }],
    [{ account: 'a b', user: 'ada' }],
  ])('refuses %j', (options) => {
    expect(() => bearerOf(options)).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED' }));
  });
});
