type Header = Readonly<{ typ?: string }>;
type Claims = Readonly<Record<string, unknown>>;

// What only ID tokens have (OpenID Connect Core 1.0, sections 2 and 3.3.2.11), and logout tokens (Back-Channel Logout
// 1.0, section 2.4).
const OF_OTHERS = ['nonce', 'at_hash', 'c_hash', 'events'];
const OTHER_KINDS = new Set(['id', 'logout']);

/**
 * Whether a token is meant for an API (RFC 9068): its `typ` is one of `types`, in any case and with `application/` or
 * without; one that names none is of type `JWT`. An ID token or a logout token is none, whatever `types` are.
 */
export function isAccessToken({ typ = 'JWT' }: Header, claims: Claims, types: readonly string[]): boolean {
  const type = tokenType(typ);
  if (type === 'logout+jwt' || OF_OTHERS.some((name) => claims[name] !== undefined)) return false;
  // Some issuers name the kind in a claim.
  if (OTHER_KINDS.has(String(claims['typ']).toLowerCase())) return false;
  return types.some((one) => tokenType(one) === type);
}

/** A token's `typ` as it is compared: in lower case and without `application/` (RFC 7515, section 4.1.9). */
export function tokenType(typ: string): string {
  return typ.toLowerCase().replace(/^application\//, '');
}
