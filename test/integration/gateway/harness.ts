// The gateway and the local issuer as separate processes; the services behind them are played.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openObjectStore } from '@account-backups/object-store';
import { CookieJar } from '../../support/cookie-jar.js';
import { freePort } from '../../support/free-port.js';
import { gatewayKeys } from '../../support/key-rings.js';
import { startIssuer, startProgram, type RunningIssuer } from '../local-issuer/harness.js';
import { startNeighbours, type Neighbours } from '../local-issuer/neighbours.js';

export interface Entrance {
  readonly url: string;
  /** Of its private port. */
  readonly healthUrl: string;
  readonly neighbours: Neighbours;
  readonly issuer: RunningIssuer;
  /** Opens the sign-in form and submits it; returns the page where the browser ends up. */
  signIn(jar: CookieJar, name: string, returnTo?: string): Promise<Response>;
  /** Another process of the gateway, with the same settings but for those given; ended with the entrance. */
  replica(settings?: Readonly<Record<string, string>>): Promise<{ readonly url: string; stop(): Promise<unknown> }>;
  close(): Promise<void>;
}

/** `settings` replace the gateway's usual ones, as the issuer that it trusts. */
export async function openEntrance(settings: Readonly<Record<string, string>> = {}): Promise<Entrance> {
  const neighbours = await startNeighbours();
  neighbours.active.set('ada@northfield', { name: 'Ada <Lovelace>' });
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const issuer = await startIssuer({ rabbitmqUrl: neighbours.url, publicUrl: url });
  const folder = await mkdtemp(join(tmpdir(), 'account-backups-gateway-'));
  await openObjectStore(pathToFileURL(folder).href).initialise();
  const environment = {
    PORT: String(port),
    PUBLIC_URL: url,
    OIDC_ISSUER: issuer.url,
    OIDC_CLIENT_ID: issuer.clientId,
    OIDC_CLIENT_SECRET: issuer.clientSecret,
    RABBITMQ_URL: neighbours.url,
    OBJECT_STORE_URL: pathToFileURL(folder).href,
    ...('SESSION_KEYS_FILE' in settings ? {} : gatewayKeys()),
    LOG_LEVEL: 'warn',
    ...settings,
  };
  const main = 'services/gateway/dist/main.js';
  const gateways = [await startProgram(main, environment)];
  return {
    url,
    healthUrl: gateways[0]?.healthUrl ?? '',
    neighbours,
    issuer,
    signIn: async (jar, name, returnTo = '/api/v1/me') => {
      const form = await jar.follow(`${url}/sign-in?${new URLSearchParams({ returnTo }).toString()}`);
      const body = new URLSearchParams({ name, password: issuer.password });
      return jar.follow(form.url, { method: 'POST', body });
    },
    replica: async (more = {}) => {
      const PORT = String(await freePort());
      const gateway = await startProgram(main, { ...environment, PORT, ...more });
      gateways.push(gateway);
      return { url: `http://localhost:${PORT}`, stop: () => gateway.stop() };
    },
    close: async () => {
      await Promise.all([...gateways, issuer].map((program) => program.stop()));
      await neighbours.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Status and code of a refusal. */
export async function refusal(answer: Response): Promise<{ status: number; code: unknown }> {
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const { status, code } = (await answer.json()) as { status: number; code: string };
  expect(status).toBe(answer.status);
  return { status, code };
}
