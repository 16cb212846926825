import { readConfiguration } from '@account-backups/service-kit';
import { settings as declared } from '../config.js';
import { checkedClient, clientAuthFor } from './client-settings.js';

const secret = { OIDC_CLIENT_SECRET: 's' };
const key = { OIDC_CLIENT_KEY: 'k' };

describe('checkedClient', () => {
  it.each([
    ['OIDC_CLIENT_SECRET', {}],
    ['OIDC_CLIENT_SECRET', { ...key, OIDC_CLIENT_AUTH: 'client_secret_post' as const }],
    ['OIDC_CLIENT_KEY', { ...secret, OIDC_CLIENT_AUTH: 'private_key_jwt' as const }],
  ])('misses %s', (path, settings) => {
    const fault = { path, message: expect.stringMatching(/^is not set; expected /) as string };
    expect(() => checkedClient(settings)).toThrow(
      expect.objectContaining({ code: 'CONFIGURATION_INVALID', errors: [fault] }),
    );
  });

  it.each([secret, key, { OIDC_CLIENT_AUTH: 'none' as const }])('takes %j', (settings) => {
    expect(checkedClient(settings)).toBe(settings);
  });
});

describe('OIDC_CLIENT_KEY', () => {
  it('that is no key is refused when the configuration is read', () => {
    const read = () => readConfiguration({ OIDC_CLIENT_KEY: declared.OIDC_CLIENT_KEY }, { OIDC_CLIENT_KEY: 'a key' });
    expect(read).toThrow(/OIDC_CLIENT_KEY: expected PKCS #8 PEM of an unencrypted private key/);
  });
});

describe('clientAuthFor', () => {
  it.each([
    [secret, ['client_secret_post', 'client_secret_basic'], 'client_secret_basic'],
    [secret, ['client_secret_post'], 'client_secret_post'],
    [secret, ['client_secret_jwt'], 'client_secret_basic'],
    [{ ...secret, ...key }, ['client_secret_basic', 'private_key_jwt'], 'private_key_jwt'],
    [{ ...secret, ...key }, ['client_secret_basic'], 'client_secret_basic'],
    [{ ...secret, OIDC_CLIENT_AUTH: 'none' as const }, ['client_secret_basic'], 'none'],
  ])('takes with %j of %j', (settings, offered, expected) => {
    expect(clientAuthFor(settings, offered)).toBe(expected);
  });
});
