import { AppError, hostId, issuerSubject, text } from '@account-backups/contracts';
import { z } from 'zod';

/** Who a bearer token speaks for: a person of an account, or a program. */
export interface Bearer {
  /** What the issuer calls them: any text. */
  readonly subject: string;
  /** Set for a person. */
  readonly accountId: string | null;
  readonly scopes: ReadonlySet<string>;
  /** 1970 where the token does not say. */
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

/** Which claims name what; each at the top of a token, such as `https://qms.example/account`. */
export interface ClaimNames {
  readonly user: string;
  readonly account: string;
  /** Undefined: `scope` (RFC 9068), else `scp`. */
  readonly scope?: string | undefined;
}

const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z');

type Claims = Readonly<Record<string, unknown>>;

const scopeValues = z.union([z.string().transform((value) => value.split(' ')), z.array(z.string())]);

/** The token of an `Authorization` header (RFC 6750, section 2.1). Throws `UNAUTHENTICATED` for any other. */
export function tokenIn(authorization: string | undefined): string {
  const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) throw new AppError('UNAUTHENTICATED', 'expected "Authorization: Bearer <token>"');
  return token;
}

/** Who checked claims speak for. A token that names an account is a person's. Throws `UNAUTHENTICATED`. */
export function bearerOf(claims: Claims, names: ClaimNames): Bearer {
  const scopes = scopesOf(names.scope === undefined ? (claims['scope'] ?? claims['scp']) : claims[names.scope]);
  const times = { issuedAt: issuedAtOf(claims['iat']), expiresAt: timeOf(claims['exp']) };
  if (claims[names.account] === undefined) {
    return { subject: read(claims, 'sub', text(1_000)), accountId: null, scopes, ...times };
  }
  return { ...personOf(claims, names), scopes, ...times };
}

/** The person that the claims name. Throws `UNAUTHENTICATED` where they name no user or no account. */
export function personOf(claims: Claims, names: ClaimNames): { subject: string; accountId: string } {
  return { subject: read(claims, names.user, issuerSubject), accountId: read(claims, names.account, hostId) };
}

function read(claims: Claims, name: string, expected: z.ZodType<string>): string {
  const found = expected.safeParse(claims[name]);
  if (found.success) return found.data;
  throw new AppError(
    'UNAUTHENTICATED',
    `the token's claim ${name} is not what is expected: ${z.prettifyError(found.error)}`,
  );
}

/** A token from the future would outlive every cut-off; milliseconds are such a time. */
function issuedAtOf(seconds: unknown): Date {
  const issuedAt = timeOf(seconds);
  if (issuedAt.getTime() >= 0 && issuedAt.getTime() <= LAST_MS) return issuedAt;
  throw new AppError('UNAUTHENTICATED', "the token's claim iat is no time: expected seconds since 1970");
}

function timeOf(seconds: unknown): Date {
  return new Date((Number(seconds) || 0) * 1_000);
}

function scopesOf(value: unknown): ReadonlySet<string> {
  const found = scopeValues.safeParse(value);
  return new Set(found.success ? found.data.filter(Boolean) : []);
}
