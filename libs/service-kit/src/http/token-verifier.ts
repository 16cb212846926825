import { AppError, hostId } from '@account-backups/contracts';
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { discoverJwksUri } from './discovery.js';

/** Who a bearer token speaks for: a person of an account, or a program. */
export interface Bearer {
  readonly subject: string;
  /** Set for a person. */
  readonly accountId: string | null;
  readonly scopes: ReadonlySet<string>;
}

export interface TokenIssuer {
  readonly issuer: string;
  readonly audience: string;
}

const ALGORITHMS = ['ES256', 'ES384', 'RS256', 'PS256', 'EdDSA'];
const CLOCK_TOLERANCE_SECONDS = 10;

/** Checks bearer tokens (RFC 9068) against the issuer's keys, which are fetched once, and again for an unknown key. */
export class TokenVerifier {
  private keys: Promise<JWTVerifyGetKey> | undefined;

  constructor(private readonly trusted: TokenIssuer) {}

  /** The bearer. Throws `UNAUTHENTICATED`, or `UNAVAILABLE` while the issuer's keys cannot be had. */
  async verify(token: string): Promise<Bearer> {
    const keys = await this.issuerKeys();
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer: this.trusted.issuer,
        audience: this.trusted.audience,
        algorithms: ALGORITHMS,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        requiredClaims: ['sub', 'exp'],
      });
      return bearerOf(payload);
    } catch (cause) {
      if (cause instanceof AppError) throw cause;
      if (!isOfToken(cause)) throw issuerAway(cause);
      throw new AppError('UNAUTHENTICATED', 'the bearer token is not valid', { cause });
    }
  }

  private async issuerKeys(): Promise<JWTVerifyGetKey> {
    this.keys ??= discoverJwksUri(this.trusted.issuer).then((uri) => createRemoteJWKSet(uri));
    try {
      return await this.keys;
    } catch (cause) {
      this.keys = undefined;
      throw issuerAway(cause);
    }
  }
}

// When the keys did not come, jose throws one of these errors, or none of its own.
function isOfToken(error: unknown): boolean {
  if (!(error instanceof errors.JOSEError)) return false;
  return !['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID'].includes(error.code);
}

function bearerOf(payload: JWTPayload): Bearer {
  const { sub, scope, account_id: accountId } = payload;
  if (typeof sub !== 'string' || !hostId.safeParse(sub).success) throw unauthenticated('sub');
  if (accountId !== undefined && !hostId.safeParse(accountId).success) throw unauthenticated('account_id');
  const scopes = new Set(typeof scope === 'string' ? scope.split(' ').filter(Boolean) : []);
  return { subject: sub, accountId: typeof accountId === 'string' ? accountId : null, scopes };
}

function unauthenticated(claim: string): AppError {
  return new AppError('UNAUTHENTICATED', `the bearer token's claim ${claim} is not an id`);
}

function issuerAway(cause: unknown): AppError {
  return new AppError('UNAVAILABLE', "the token issuer's keys cannot be had; try again in a moment", { cause });
}
