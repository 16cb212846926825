import { randomBytes } from 'node:crypto';
import type Provider from 'oidc-provider';
import type { Account, ClientMetadata, Configuration, Grant, KoaContextWithOIDC } from 'oidc-provider';
import type { IssuerConfig } from './config.js';
import { pageHeaders } from './page.js';
import { readSignInName, type People } from './people.js';
import { endedPage } from './sign-in-page.js';
import { loadOrCreateSigningKeys } from './signing-keys.js';

const HOUR_SECONDS = 3_600;

/**
 * An OpenID provider for one machine: authorization code with PKCE for the gateway, people from `permissions`. It keeps
 * no session: signing out at the gateway is enough, and each sign-in asks for the password. Sign-ins under way are in
 * memory: after a restart of the provider people begin again.
 */
export async function createProvider(config: IssuerConfig, people: People): Promise<Provider> {
  const { jwks } = await loadOrCreateSigningKeys(config.dataDir);
  return withoutWarnings(async () => {
    const { default: OpenIdProvider } = await import('oidc-provider');
    const provider = new OpenIdProvider(config.issuer, configuration(config, people, jwks.keys));
    provider.use(endSession);
    return provider;
  });
}

// The library warns about state in memory, which is intended here, and about Node 20, which we support.
async function withoutWarnings<T>(work: () => Promise<T>): Promise<T> {
  const { warn } = console;
  console.warn = () => undefined;
  try {
    return await work();
  } finally {
    console.warn = warn;
  }
}

// After the answer to a form, whatever it was.
async function endSession(context: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
  await next();
  if (context.oidc?.route === 'resume') await context.oidc.session?.destroy();
}

function configuration(config: IssuerConfig, people: People, keys: object[]): Configuration {
  return {
    clients: [gatewayClient(config)],
    jwks: { keys },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    claims: { openid: ['sub', 'account_id'], profile: ['name'] },
    // Name and account go into the ID token itself: the gateway makes no further call.
    conformIdTokenClaims: false,
    clientAuthMethods: ['client_secret_post'],
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: false },
    },
    expiresWithSession: async () => false,
    renderError: (context, { error, error_description: description }) => {
      context.set(pageHeaders(config.publicUrl));
      context.body = endedPage(String(description ?? error), config.publicUrl);
    },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    responseTypes: ['code'],
    ttl: {
      AccessToken: HOUR_SECONDS,
      IdToken: HOUR_SECONDS,
      Interaction: HOUR_SECONDS,
      Session: HOUR_SECONDS,
      Grant: HOUR_SECONDS,
    },
    findAccount: (_context, accountId) => accountOf(people, accountId),
    // In here a person is `userId@accountId`; tokens name user and account apart.
    subjectTypes: ['public', 'pairwise'],
    pairwiseIdentifier: async (_context, accountId) => readSignInName(accountId)?.userId ?? accountId,
    loadExistingGrant: grantWithoutAsking,
  };
}

function gatewayClient(config: IssuerConfig): ClientMetadata {
  return {
    client_id: config.clientId,
    client_secret: config.clientSecret,
    redirect_uris: [`${config.publicUrl}/auth/callback`],
    grant_types: ['authorization_code'],
    response_types: ['code'],
    token_endpoint_auth_method: 'client_secret_post',
    id_token_signed_response_alg: 'ES256',
    subject_type: 'pairwise',
  };
}

async function accountOf(people: People, accountId: string): Promise<Account | undefined> {
  const who = readSignInName(accountId);
  const person = who && (await people.find(who));
  if (!person) return undefined;
  const claims = { sub: accountId, account_id: person.accountId, name: person.name };
  return { accountId, claims: async () => claims };
}

// The gateway is ours: signing in is the consent.
async function grantWithoutAsking({ oidc }: KoaContextWithOIDC): Promise<Grant | undefined> {
  const { client, session, provider } = oidc;
  if (!client || !session?.accountId) return undefined;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope('openid profile');
  await grant.save();
  return grant;
}
