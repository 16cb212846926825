import { AppError } from '@account-backups/contracts';
import { jwtVerify, type JWTVerifyOptions, type JWTVerifyResult } from 'jose';
import { isAccessToken } from './access-token.js';
import { bearerOf, type Bearer, type ClaimNames } from './bearer.js';
import { fetchIssuerKeys } from './discovery.js';
import { IssuerKeys } from './issuer-keys.js';

interface TokenIssuer {
  readonly issuer: string;
  readonly audience: string;
  readonly claims: ClaimNames;
  /** Of access tokens, as `typ` names them. */
  readonly tokenTypes: readonly string[];
}

/** The settings that name an issuer and its claims, as `httpSettings` reads them. */
interface IssuerSettings {
  readonly OIDC_ISSUER: string;
  readonly OIDC_AUDIENCE: string;
  readonly OIDC_USER_CLAIM: string;
  readonly OIDC_ACCOUNT_CLAIM: string;
  readonly OIDC_SCOPE_CLAIM?: string | undefined;
  readonly OIDC_TOKEN_TYPES: readonly string[];
}

/** The issuer of the settings. */
export function tokenIssuer(settings: IssuerSettings): TokenIssuer {
  const { OIDC_USER_CLAIM: user, OIDC_ACCOUNT_CLAIM: account, OIDC_SCOPE_CLAIM: scope } = settings;
  const { OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience, OIDC_TOKEN_TYPES: tokenTypes } = settings;
  return { issuer, audience, claims: { user, account, scope }, tokenTypes };
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
    const { audience, claims, tokenTypes } = this.trusted;
    const { payload, protectedHeader } = await this.readSigned(token, { audience, requiredClaims: ['exp'] });
    if (!isAccessToken(protectedHeader, payload, tokenTypes)) {
      throw new AppError(
        'UNAUTHENTICATED',
        `the token is no access token: expected one of type ${tokenTypes.join(', ')}`,
      );
    }
    const bearer = bearerOf(payload, claims);
    // A clock that is a little off may take a token early, but never late.
    if (bearer.expiresAt.getTime() <= Date.now())
      throw new AppError('UNAUTHENTICATED', 'the token is not valid any more');
    return bearer;
  }

  /** Header and claims of a token that the issuer signed and that is as expected. Throws as `verify` does. */
  async readSigned(token: string, expected: JWTVerifyOptions): Promise<JWTVerifyResult> {
    const { issuer } = this.trusted;
    const always = { issuer, algorithms: ALGORITHMS, clockTolerance: CLOCK_TOLERANCE_SECONDS };
    try {
      return await jwtVerify(token, this.keys.find, { ...always, ...expected });
    } catch (cause) {
      if (cause instanceof AppError) throw cause;
      throw new AppError('UNAUTHENTICATED', 'the token is not valid', { cause });
    }
  }
}
