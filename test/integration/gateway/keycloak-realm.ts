// A realm of Keycloak as docs/identity-providers.md says it is to be set up, as a file to import.

export const AUDIENCE = 'https://backups.qms.example';
export const PASSWORD = 'a password of people';
export const SECRET = 'a secret: 100 % & more+';
export const FOREIGN_SECRET = 'Größe: 密碼 + %';

/** What Keycloak calls them. */
export const people = {
  ada: '8f14e45f-ceea-467f-a0e6-b5a1d1a2b3c4',
  otto: '45c48cce-2e2d-4fbd-aa1a-fc51c7c6ad26',
} as const;

interface Wanted {
  readonly gatewayUrl: string;
  /** Public half of the key of the client `gateway-key`. */
  readonly publicKey: object;
}

export function realmOf({ gatewayUrl, publicKey }: Wanted) {
  const gateway = gatewayOf(gatewayUrl);
  return {
    realm: 'qms',
    enabled: true,
    components: { 'org.keycloak.userprofile.UserProfileProvider': [userProfile] },
    clientScopes: [basic, profile, accountScope, scopeNamed('backups'), scopeNamed('provisioning')],
    clients: [
      gateway('gateway', { secret: SECRET }),
      gateway('gateway-foreign', { secret: FOREIGN_SECRET }),
      gateway('gateway-key', { clientAuthenticatorType: 'client-jwt' }, keyAttributes(publicKey)),
      desktop(gatewayUrl, 'desktop', {}),
      desktop(gatewayUrl, 'desktop-rfc9068', { 'access.token.header.type.rfc9068': 'true' }),
      {
        clientId: 'host-system',
        secret: SECRET,
        serviceAccountsEnabled: true,
        standardFlowEnabled: false,
        defaultClientScopes: ['basic', 'provisioning'],
      },
    ],
    users: [person('ada', { account_id: ['northfield'] }), person('otto', {})],
  };
}

/** The gateway as a client; `more` says how it proves who it is. */
function gatewayOf(url: string) {
  return (clientId: string, more: object, attributes: object = {}) => ({
    clientId,
    redirectUris: [`${url}/auth/callback`],
    defaultClientScopes: ['basic', 'profile', 'account'],
    ...more,
    attributes: {
      'pkce.code.challenge.method': 'S256',
      'post.logout.redirect.uris': url,
      'backchannel.logout.url': `${url}/auth/back-channel-logout`,
      // With it, one token with one session would tell that all sessions of a person were ended.
      'backchannel.logout.session.required': 'false',
      ...attributes,
    },
  });
}

function keyAttributes(publicKey: object) {
  return {
    'use.jwks.string': 'true',
    'jwks.string': JSON.stringify({ keys: [publicKey] }),
    'token.endpoint.auth.signing.alg': 'RS256',
  };
}

/** A program that calls the API in a person's name. */
function desktop(url: string, clientId: string, attributes: object) {
  return {
    clientId,
    publicClient: true,
    redirectUris: [`${url}/help`],
    defaultClientScopes: ['basic', 'account', 'backups'],
    attributes,
  };
}

const mapper = (name: string, protocolMapper: string, config: object) => ({
  name,
  protocol: 'openid-connect',
  protocolMapper,
  config,
});

const inTokens = { 'id.token.claim': 'true', 'access.token.claim': 'true' };

/** Keycloak makes its own scopes only in a realm without any of ours. */
const basic = {
  name: 'basic',
  protocol: 'openid-connect',
  protocolMappers: [mapper('sub', 'oidc-sub-mapper', { 'access.token.claim': 'true' })],
};

const profile = {
  name: 'profile',
  protocol: 'openid-connect',
  attributes: { 'include.in.token.scope': 'true' },
  protocolMappers: [mapper('full name', 'oidc-full-name-mapper', inTokens)],
};

const accountScope = {
  name: 'account',
  protocol: 'openid-connect',
  protocolMappers: [
    mapper('account', 'oidc-usermodel-attribute-mapper', {
      ...inTokens,
      'user.attribute': 'account_id',
      'claim.name': 'account_id',
      'jsonType.label': 'String',
    }),
  ],
};

/** It puts the API's audience into ID tokens too, as many an administrator does. */
function scopeNamed(name: string) {
  return {
    name,
    protocol: 'openid-connect',
    attributes: { 'include.in.token.scope': 'true' },
    protocolMappers: [
      mapper('audience', 'oidc-audience-mapper', { ...inTokens, 'included.custom.audience': AUDIENCE }),
    ],
  };
}

function person(username: keyof typeof people, attributes: object) {
  return {
    id: people[username],
    username,
    enabled: true,
    email: `${username}@northfield.example`,
    firstName: username,
    lastName: 'of Northfield',
    attributes,
    credentials: [{ type: 'password', value: PASSWORD }],
  };
}

const byEverybody = { view: ['admin', 'user'], edit: ['admin', 'user'] };

/** An attribute that nobody declares is not kept; one that its person may change is anybody's account. */
const userProfile = {
  providerId: 'declarative-user-profile',
  config: {
    'kc.user.profile.config': [
      JSON.stringify({
        attributes: [
          ...['username', 'email', 'firstName', 'lastName'].map((name) => ({ name, permissions: byEverybody })),
          { name: 'account_id', permissions: { view: ['admin'], edit: ['admin'] } },
        ],
      }),
    ],
  },
};
