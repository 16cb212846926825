import type { JSONWebKeySet } from 'jose';
import { z } from 'zod';

const metadata = z.object({ issuer: z.string(), jwks_uri: z.url() });
const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });
const TIMEOUT_MS = 5_000;

/** The keys that an issuer publishes (OpenID Connect Discovery 1.0, RFC 7517). Throws when there are none. */
export async function fetchIssuerKeys(issuer: string): Promise<JSONWebKeySet> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const found = metadata.parse(await fetchJson(address));
  if (found.issuer !== issuer) throw new Error(`${address} speaks for ${found.issuer}, expected ${issuer}`);
  return keySet.parse(await fetchJson(found.jwks_uri));
}

// What is asked for keys is the address that was set or discovered, and no other that an answer names.
async function fetchJson(address: string): Promise<unknown> {
  const response = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) throw new Error(`${address} answered ${response.status}, expected 200`);
  return response.json();
}
