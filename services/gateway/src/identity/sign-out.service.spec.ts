import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Logger } from '@nestjs/common';
import { IssuerClient } from './issuer-client.js';
import { SignOutService } from './sign-out.service.js';

const PUBLIC_URL = 'https://backups.example';

describe('signing out at the issuer', () => {
  let issuer: Server;
  let url: string;
  let metadata: object;
  let signOut: SignOutService;

  beforeEach(async () => {
    Logger.overrideLogger(false);
    issuer = createServer((_request, response) => {
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ issuer: url, ...metadata }));
    });
    await once(issuer.listen(0, '127.0.0.1'), 'listening');
    url = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}`;
    metadata = { end_session_endpoint: `${url}/end` };
    const client = new IssuerClient({ OIDC_ISSUER: url, OIDC_CLIENT_ID: 'gateway', OIDC_CLIENT_AUTH: 'none' });
    signOut = new SignOutService(client, { PUBLIC_URL });
  });

  afterEach(() => goAway());

  function goAway(): void {
    issuer.closeAllConnections();
    issuer.close();
  }

  it('leads there, and back', async () => {
    const { origin, pathname, searchParams } = new URL((await signOut.addressAtIssuer('an ID token')) ?? '');
    expect([origin, pathname]).toEqual([url, '/end']);
    expect(Object.fromEntries(searchParams)).toMatchObject({
      post_logout_redirect_uri: PUBLIC_URL,
      id_token_hint: 'an ID token',
    });
  });

  it('is left out where the issuer offers none', async () => {
    metadata = {};
    expect(await signOut.addressAtIssuer('an ID token')).toBeUndefined();
  });

  it('is left out while the issuer is away and nothing is known of it', async () => {
    goAway();
    expect(await signOut.addressAtIssuer('an ID token')).toBeUndefined();
  });

  it('needs no answer of an issuer that is known', async () => {
    await signOut.addressAtIssuer(undefined);
    goAway();
    expect(await signOut.addressAtIssuer(undefined)).toContain(`${url}/end`);
  });
});
