import { AppError } from '@account-backups/contracts';
import { jwtVerify, type JWTPayload, type JWTVerifyOptions } from 'jose';
import { bearerOf, type Bearer, type ClaimNames } from './bearer.js';
import { fetchIssuerKeys } from './discovery.js';
import { IssuerKeys } from './issuer-keys.js';

export interface TokenIssuer {
  readonly issuer: string;
  readonly audience: string;
  readonly claims: ClaimNames;
}

/** The settings that name an issuer and its claims, as `httpSettings` reads them. */
export interface IssuerSettings {
  readonly OIDC_ISSUER: string;
  readonly OIDC_AUDIENCE: string;
  readonly OIDC_USER_CLAIM: string;
  readonly OIDC_ACCOUNT_CLAIM: string;
  readonly OIDC_SCOPE_CLAIM?: string | undefined;
}

/** The issuer of the settings. */
export function tokenIssuer(settings: IssuerSettings): TokenIssuer {
  const { OIDC_USER_CLAIM: user, OIDC_ACCOUNT_CLAIM: account, OIDC_SCOPE_CLAIM: scope } = settings;
  return { issuer: settings.OIDC_ISSUER, audience: settings.OIDC_AUDIENCE, claims: { user, account, scope } };
}

// Signatures with a public key; jose takes a key for none but its own `alg`, `use` and curve.
const SIZES = [256, 384, 512];
const ALGORITHMS = [...['RS', 'PS', 'ES'].flatMap((kind) => SIZES.map((size) => `${kind}${size}`)), 'EdDSA', 'Ed25519'];
const CLOCK_TOLERANCE_SECONDS = 10;

/** Checks bearer tokens (RFC 9068) against the issuer's keys. */
export class TokenVerifier {
  private readonly keys: IssuerKeys;

  constructor(private readonly trusted: TokenIssuer) {
    const now = () => performance.now();
    this.keys = new IssuerKeys({ issuer: trusted.issuer, fetchKeys: fetchIssuerKeys, now });
  }

  /** The bearer. Throws `UNAUTHENTICATED`, or `UNAVAILABLE` while the issuer's keys cannot be had. */
  async verify(token: string): Promise<Bearer> {
    const payload = await this.read(token, { audience: this.trusted.audience, requiredClaims: ['exp'] });
    return bearerOf(payload, this.trusted.claims);
  }

  /** Throws as `verify` does for a token, for whomever it is, that the issuer did not sign. */
  async checkSignature(token: string): Promise<void> {
    await this.read(token, {});
  }

  private async read(token: string, expected: JWTVerifyOptions): Promise<JWTPayload> {
    const { issuer } = this.trusted;
    const always = { issuer, algorithms: ALGORITHMS, clockTolerance: CLOCK_TOLERANCE_SECONDS };
    try {
      return (await jwtVerify(token, this.keys.find, { ...always, ...expected })).payload;
    } catch (cause) {
      if (cause instanceof AppError) throw cause;
      throw new AppError('UNAUTHENTICATED', 'the token is not valid', { cause });
    }
  }
}
