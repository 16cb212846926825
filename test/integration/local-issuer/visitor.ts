// A client of the issuer, and the browser that it sends to sign in.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as oidc from 'openid-client';
import { CookieJar } from '../../support/cookie-jar.js';
import type { RunningIssuer } from './harness.js';

/** Stands in for the gateway, so that the redirect back has somewhere to land. */
export interface Landing {
  readonly url: string;
  close(): Promise<void>;
}

export async function startLanding(): Promise<Landing> {
  const server = createServer((_request, response) => response.end('landed'));
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export interface Begun {
  readonly jar: CookieJar;
  /** What the browser shows: the form. */
  readonly form: Response;
  /** Sends the form; the answer is what is shown then. */
  submit(name: string, password: string): Promise<Response>;
  /** Exchanges the code of the address that the browser landed at. */
  exchange(landedAt: string, verifier?: string): Promise<oidc.IDToken | undefined>;
}

/** Sends a browser to the issuer. */
export async function begin(issuer: RunningIssuer, landing: Landing, jar = new CookieJar()): Promise<Begun> {
  const options = { execute: [oidc.allowInsecureRequests] };
  const { url, clientId, clientSecret } = issuer;
  const client = await oidc.discovery(new URL(url), clientId, clientSecret, undefined, options);
  const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
  const expected = { expectedState: oidc.randomState(), expectedNonce: oidc.randomNonce() };
  const address = oidc.buildAuthorizationUrl(client, {
    redirect_uri: `${landing.url}/auth/callback`,
    scope: 'openid profile',
    state: expected.expectedState,
    nonce: expected.expectedNonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  });
  const form = await jar.follow(address.href);
  return {
    jar,
    form,
    submit: (name, password) => jar.follow(form.url, { method: 'POST', body: new URLSearchParams({ name, password }) }),
    exchange: async (landedAt, verifier = pkceCodeVerifier) => {
      const checks = { ...expected, pkceCodeVerifier: verifier, idTokenExpected: true };
      return (await oidc.authorizationCodeGrant(client, new URL(landedAt), checks)).claims();
    },
  };
}
