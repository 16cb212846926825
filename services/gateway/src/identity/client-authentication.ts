import { importPKCS8 } from 'jose';
import * as oidc from 'openid-client';
import { clientKey, signingAlgorithms } from '../settings/client-key.js';
import { clientAuthFor, type ClientSettings } from '../settings/client-settings.js';

// What an issuer offers that says nothing (OpenID Connect Discovery 1.0, section 3).
const USUAL = ['client_secret_basic'];

/** How the gateway says at the token endpoint who it is: as the settings say, else as the issuer offers. */
export async function clientAuthentication(
  server: oidc.ServerMetadata,
  settings: ClientSettings,
): Promise<oidc.ClientAuth> {
  const { OIDC_CLIENT_SECRET: secret = '', OIDC_CLIENT_KEY: pem = '' } = settings;
  switch (clientAuthFor(settings, server.token_endpoint_auth_methods_supported ?? USUAL)) {
    case 'client_secret_basic':
      return oidc.ClientSecretBasic(secret);
    case 'client_secret_post':
      return oidc.ClientSecretPost(secret);
    case 'private_key_jwt':
      return byKey(pem, server.token_endpoint_auth_signing_alg_values_supported ?? []);
    case 'none':
      return oidc.None();
  }
}

async function byKey(pem: string, offered: readonly string[]): Promise<oidc.ClientAuth> {
  const key = clientKey(pem);
  const possible = signingAlgorithms(key);
  const algorithm = possible.find((each) => offered.includes(each)) ?? possible[0] ?? '';
  const signing = await importPKCS8(String(key.export({ type: 'pkcs8', format: 'pem' })), algorithm);
  return oidc.PrivateKeyJwt(signing, {
    // The library calls EdDSA by its newer name, Ed25519 (RFC 9864), which few issuers know.
    [oidc.modifyAssertion]: (header) => {
      if (algorithm === 'EdDSA' && !offered.includes('Ed25519')) header['alg'] = algorithm;
    },
  });
}
