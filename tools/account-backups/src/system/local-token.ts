import { randomUUID } from 'node:crypto';
import { loadOrCreateSigningKeys, SIGNING_ALGORITHM } from '@account-backups/local-issuer/signing-keys.js';
import { AppError } from '@account-backups/contracts';
import { importJWK, SignJWT } from 'jose';

const TOKEN_AUDIENCE = 'account-backups';
const PERSON_SCOPE = 'backups';

export type TokenBearer =
  | { readonly accountId: string; readonly userId: string }
  | { readonly service: string; readonly scopes: readonly string[] };

interface LocalTokenOrder {
  /** Where the local issuer keeps its keys. */
  readonly dataDir: string;
  readonly issuerUrl: string;
  readonly bearer: TokenBearer;
  /** An hour by default. */
  readonly expiresInSeconds?: number;
}

/** An access token (RFC 9068) as the local issuer signs them; a system with another issuer refuses it. */
export async function mintLocalToken(order: LocalTokenOrder): Promise<string> {
  const { jwks } = await loadOrCreateSigningKeys(order.dataDir);
  const [key] = jwks.keys;
  if (!key) throw new AppError('CONFIGURATION_INVALID', 'the local issuer has no signing key');
  const issuedAt = Math.floor(Date.now() / 1_000);
  return new SignJWT(claimsOf(order.bearer))
    .setProtectedHeader({ alg: SIGNING_ALGORITHM, kid: String(key.kid), typ: 'at+jwt' })
    .setIssuer(order.issuerUrl)
    .setAudience(TOKEN_AUDIENCE)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + (order.expiresInSeconds ?? 3_600))
    .setJti(randomUUID())
    .sign(await importJWK(key, SIGNING_ALGORITHM));
}

function claimsOf(bearer: TokenBearer): Record<string, string> {
  if ('userId' in bearer) {
    return { sub: bearer.userId, account_id: bearer.accountId, scope: PERSON_SCOPE };
  }
  return { sub: bearer.service, scope: bearer.scopes.join(' ') };
}
