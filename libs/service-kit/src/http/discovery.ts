import { z } from 'zod';

const metadata = z.object({ issuer: z.string(), jwks_uri: z.url() });
const TIMEOUT_MS = 5_000;

/** Where an issuer publishes its keys (OpenID Connect Discovery 1.0, section 4). Throws when it cannot be told. */
export async function discoverJwksUri(issuer: string): Promise<URL> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) throw new Error(`${address} answered ${response.status}, expected 200`);
  const found = metadata.parse(await response.json());
  if (found.issuer !== issuer) throw new Error(`${address} speaks for ${found.issuer}, expected ${issuer}`);
  return new URL(found.jwks_uri);
}
