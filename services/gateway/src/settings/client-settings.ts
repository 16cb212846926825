import { AppError } from '@account-backups/contracts';

/** How the gateway may prove to the issuer who it is (OpenID Connect Core 1.0, section 9). */
export const CLIENT_AUTHS = ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'] as const;
type ClientAuth = (typeof CLIENT_AUTHS)[number];

/** The settings by which it does. */
export interface ClientSettings {
  readonly OIDC_CLIENT_AUTH?: ClientAuth | undefined;
  readonly OIDC_CLIENT_SECRET?: string | undefined;
  readonly OIDC_CLIENT_KEY?: string | undefined;
}

/** The settings, if what they say can be done with them. Throws `CONFIGURATION_INVALID`. */
export function checkedClient<T extends ClientSettings>(settings: T): T {
  const { OIDC_CLIENT_AUTH: method, OIDC_CLIENT_SECRET: secret, OIDC_CLIENT_KEY: key } = settings;
  if (method === 'private_key_jwt' && key === undefined) {
    throw unset('OIDC_CLIENT_KEY', 'is not set; expected for OIDC_CLIENT_AUTH private_key_jwt');
  }
  if (method?.startsWith('client_secret') && secret === undefined) {
    throw unset('OIDC_CLIENT_SECRET', `is not set; expected for OIDC_CLIENT_AUTH ${method}`);
  }
  if (method === undefined && secret === undefined && key === undefined) {
    throw unset('OIDC_CLIENT_SECRET', 'is not set; expected it, OIDC_CLIENT_KEY, or OIDC_CLIENT_AUTH none');
  }
  return settings;
}

/** What to do with these settings at an issuer that offers these methods. */
export function clientAuthFor(settings: ClientSettings, offered: readonly string[]): ClientAuth {
  const { OIDC_CLIENT_AUTH: method, OIDC_CLIENT_SECRET: secret, OIDC_CLIENT_KEY: key } = settings;
  if (method !== undefined) return method;
  const possible: ClientAuth[] = [];
  if (key !== undefined) possible.push('private_key_jwt');
  if (secret !== undefined) possible.push('client_secret_basic', 'client_secret_post');
  return possible.find((each) => offered.includes(each)) ?? possible[0] ?? 'none';
}

function unset(path: string, message: string): AppError {
  const text = `the environment is not complete: ${path}: ${message}`;
  return new AppError('CONFIGURATION_INVALID', text, { errors: [{ path, message }] });
}
