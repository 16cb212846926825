// An issuer that is not ours: oidc-provider with the keys, clients and names that a test wants, and no form.
import './quiet-provider.js';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, importJWK, SignJWT, type JWK, type JWTPayload } from 'jose';
import Provider, { type ClientMetadata, type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import { freePort } from '../../support/free-port.js';

// Node's own makes objects of a realm that is not that of the tests; the provider takes them for no plain objects.
globalThis.structuredClone = <T>(value: T): T => (value === undefined ? value : JSON.parse(JSON.stringify(value))) as T;

export interface ForeignIssuer {
  readonly url: string;
  /** What the next person who signs in is called, and their claims. */
  person: Readonly<Record<string, unknown>> & { readonly sub: string };
  /** The `prompt` of each sign-in that asked who it is. */
  readonly prompts: (string | undefined)[];
  /** An access token for the API, signed with the issuer's key of an algorithm; or one of another type. */
  token(claims: JWTPayload, algorithm: string, typ?: string): Promise<string>;
  close(): Promise<void>;
}

interface Wanted {
  readonly client: ClientMetadata;
  readonly audience: string;
  /** One key for each; the first signs ID tokens. */
  readonly algorithms: readonly string[];
  readonly more?: Configuration;
}

export async function startForeignIssuer({ client, audience, algorithms, more }: Wanted): Promise<ForeignIssuer> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const keys = await Promise.all(algorithms.map(privateKey));
  const issuer: ForeignIssuer = {
    url,
    person: { sub: 'nobody' },
    prompts: [],
    token: async (claims, algorithm, typ = 'at+jwt') => {
      const key = keys.find(({ alg }) => alg === algorithm) ?? {};
      return new SignJWT({ iss: url, aud: audience, ...claims })
        .setProtectedHeader({ alg: algorithm, kid: String(key.kid), typ })
        .setExpirationTime('1 minute')
        .sign(await importJWK(key, algorithm));
    },
    close: async () => {
      door.closeAllConnections();
      await new Promise((resolve) => door.close(resolve));
    },
  };
  const idTokens = { id_token_signed_response_alg: algorithms[0] ?? 'RS256' } as Partial<ClientMetadata>;
  const provider = new Provider(url, {
    ...configuration(issuer, audience),
    clients: [{ ...idTokens, ...client }],
    jwks: { keys },
    ...more,
  });
  const answer = provider.callback();
  const door = createServer((request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void answer(request, response);
    void provider.interactionDetails(request, response).then(({ params }) => {
      issuer.prompts.push(params['prompt'] as string | undefined);
      return provider.interactionFinished(request, response, { login: { accountId: issuer.person.sub } });
    });
  });
  await once(door.listen(port, 'localhost'), 'listening');
  return issuer;
}

async function privateKey(algorithm: string): Promise<JWK> {
  const { privateKey: key } = await generateKeyPair(algorithm, { extractable: true });
  return { ...(await exportJWK(key)), alg: algorithm, use: 'sig', kid: algorithm };
}

function configuration(issuer: ForeignIssuer, audience: string): Configuration {
  return {
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    scopes: ['openid', 'profile', 'provisioning'],
    claims: { openid: ['sub'], profile: ['name', 'org', 'login'] },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => [],
        getResourceServerInfo: () => ({
          audience,
          scope: 'provisioning',
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'ES256' } },
        }),
      },
    },
    enabledJWA: {
      idTokenSigningAlgValues: ['HS256', 'RS256', 'PS512', 'ES256', 'ES512', 'EdDSA'],
      clientAuthSigningAlgValues: ['PS256', 'ES384', 'EdDSA'],
    },
    pkce: { required: () => true },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, accountId) => ({ accountId, claims: async () => ({ ...issuer.person, sub: accountId }) }),
    loadExistingGrant: async ({ oidc }: KoaContextWithOIDC) => {
      const { client, session, provider } = oidc;
      if (!client || !session?.accountId) return undefined;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid profile');
      await grant.save();
      return grant;
    },
  };
}
