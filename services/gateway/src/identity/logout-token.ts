import { AppError, text } from '@account-backups/contracts';
import { tokenType } from '@account-backups/service-kit';
import { z } from 'zod';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const TYPES = new Set(['logout+jwt', 'jwt']);

const name = text(1_000);

const claims = z.object({
  jti: name,
  sub: name.optional(),
  sid: name.optional(),
  events: z.object({ [EVENT]: z.looseObject({}) }),
  nonce: z.never('expected none').optional(),
});

/** Whom an issuer signs out: one session of its own, or everybody whom it calls so. */
interface LogoutToken {
  readonly tokenId: string;
  readonly issuerSubject: string | null;
  readonly issuerSession: string | null;
}

/**
 * What a logout token says (OpenID Connect Back-Channel Logout 1.0, section 2.6), once its signature, issuer, audience
 * and times have been checked. Throws `VALIDATION_FAILED` for anything else, such as an ID token.
 */
export function logoutTokenOf(header: { readonly typ?: string }, payload: unknown): LogoutToken {
  const type = tokenType(header.typ ?? 'JWT');
  const read = claims.safeParse(payload);
  if (!TYPES.has(type) || !read.success || (read.data.sub ?? read.data.sid) === undefined) {
    throw new AppError('VALIDATION_FAILED', 'logout_token: expected one of OpenID Connect Back-Channel Logout 1.0');
  }
  const { jti, sub, sid } = read.data;
  return { tokenId: jti, issuerSubject: sub ?? null, issuerSession: sid ?? null };
}
