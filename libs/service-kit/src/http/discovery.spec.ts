import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fetchIssuerKeys } from './discovery.js';

const KEYS = { keys: [{ kty: 'EC' }] };

let server: Server;
let issuer: string;
/** What an address answers: JSON, or where it leads. */
let answers: Readonly<Record<string, object | string>>;

beforeEach(async () => {
  server = createServer(({ url = '' }, response) => {
    const answer = answers[url];
    if (typeof answer === 'string') response.writeHead(302, { location: answer }).end();
    else response.end(JSON.stringify(answer));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => server.close());

describe('the keys that an issuer publishes', () => {
  it('are those of the address that it names', async () => {
    answers = { '/.well-known/openid-configuration': { issuer, jwks_uri: `${issuer}/keys` }, '/keys': KEYS };
    await expect(fetchIssuerKeys(issuer)).resolves.toEqual(KEYS);
  });

  it('are not those of an address to which that one leads', async () => {
    answers = {
      '/.well-known/openid-configuration': { issuer, jwks_uri: `${issuer}/keys` },
      '/keys': '/elsewhere',
      '/elsewhere': KEYS,
    };
    await expect(fetchIssuerKeys(issuer)).rejects.toThrow();
  });

  it('are none where another issuer is spoken for', async () => {
    answers = {
      '/.well-known/openid-configuration': { issuer: 'https://other.example', jwks_uri: `${issuer}/keys` },
      '/keys': KEYS,
    };
    await expect(fetchIssuerKeys(issuer)).rejects.toThrow('speaks for https://other.example');
  });
});
