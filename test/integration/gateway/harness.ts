// The gateway and the local issuer as separate processes; the services behind them are played.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openObjectStore } from '@account-backups/object-store';
import { generateSealKeys } from '@account-backups/password-seal';
import { CookieJar } from '../../support/cookie-jar.js';
import { freePort } from '../../support/free-port.js';
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
  close(): Promise<void>;
}

/** `settings` replace the gateway's usual ones, as the issuer that it trusts. */
export async function openEntrance(settings: Readonly<Record<string, string>> = {}): Promise<Entrance> {
  const neighbours = await startNeighbours();
  neighbours.active.set('ada@northfield', { name: 'Ada <Lovelace>' });
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const issuer = await startIssuer({ rabbitmqUrl: neighbours.url, publicUrl: url });
  const { privateKey: receiptKey } = generateKeyPairSync('ed25519');
  const folder = await mkdtemp(join(tmpdir(), 'account-backups-gateway-'));
  await openObjectStore(pathToFileURL(folder).href).initialise();
  const gateway = await startProgram('services/gateway/dist/main.js', {
    PORT: String(port),
    PUBLIC_URL: url,
    OIDC_ISSUER: issuer.url,
    OIDC_CLIENT_ID: issuer.clientId,
    OIDC_CLIENT_SECRET: issuer.clientSecret,
    RABBITMQ_URL: neighbours.url,
    OBJECT_STORE_URL: pathToFileURL(folder).href,
    SESSION_KEY: randomBytes(32).toString('base64'),
    PASSWORD_SEAL_PUBLIC_KEY: generateSealKeys().publicKey,
    RECEIPT_SIGNING_KEY: receiptKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    LOG_LEVEL: 'warn',
    ...settings,
  });
  return {
    url,
    healthUrl: gateway.healthUrl,
    neighbours,
    issuer,
    signIn: async (jar, name, returnTo = '/api/v1/me') => {
      const form = await jar.follow(`${url}/sign-in?${new URLSearchParams({ returnTo }).toString()}`);
      const body = new URLSearchParams({ name, password: issuer.password });
      return jar.follow(form.url, { method: 'POST', body });
    },
    close: async () => {
      await Promise.all([gateway.stop(), issuer.stop()]);
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
