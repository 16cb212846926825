import { z } from 'zod';

/** An id of the host system: opaque, `accountId` unique everywhere, every other one within its account. */
export const hostId = z
  .string()
  .regex(/^[A-Za-z0-9._:-]{1,64}$/, 'expected 1 to 64 of the characters A-Z a-z 0-9 . _ : -');

/** The chain of the audit that is of no single account; no account is called so. */
export const SYSTEM_CHAIN = '~system';

/** Whose chain of the audit: an account's, or the system's own. */
export const chainId = z.union([hostId, z.literal(SYSTEM_CHAIN)]);

/** An id that this system gave: a UUID in lower case. */
export const ownId = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, 'expected a UUID in lower case');

/**
 * An instant of the years 0000 to 9999: ISO 8601 with seconds and an offset. Ours are in UTC with milliseconds, as
 * `Date.toISOString()` gives them. A leap second is refused: no clock of ours knows it.
 */
export const instant = z.iso.datetime({
  offset: true,
  error: 'expected a time such as 2026-03-01T09:30:00Z or 2026-03-01T09:30:00+01:00, with seconds from 00 to 59',
});

/** A calendar day without a time zone: `YYYY-MM-DD`. */
export const day = z.iso.date('expected a day such as 2026-03-01');

/** Text for a name, title or reference: 1 to `maximum` UTF-16 code units, without control characters. */
export const text = (maximum: number) =>
  z
    .string()
    .min(1)
    .max(maximum)
    .refine((value) => !hasForbiddenCharacter(value), 'expected text without control characters');

/** What an issuer calls a person. */
export const issuerSubject = text(255);

export const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in lower-case hex');

/** An unsigned 32-bit CRC. */
export const crc32 = z.number().int().min(0).max(0xffffffff);

/**
 * The place of a change among the changes that the host system has begun, given by the service that keeps what changes.
 * A change that was begun earlier, and wakes late, changes nothing that a later one wrote.
 */
export const turn = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** The number that the host system gives to a state of a document or a directory. */
export const revision = z
  .number()
  .int()
  .min(0)
  .max(Number.MAX_SAFE_INTEGER)
  .meta({
    description:
      'Grows with each state. What comes with a lower one than is known is older and changes nothing. With the same, ' +
      'or without one, the call that began last counts; the highest that came stays known until a document is deleted.',
  });

/** How many turns a call reserves, one for each message in which it sends its change. */
export const TURNS_A_CALL = 2 ** 20;

/** A size or a count. */
export const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

// NUL cannot be stored by Postgres, a lone surrogate cannot be written as UTF-8.
function hasForbiddenCharacter(value: string): boolean {
  return /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/u.test(value) || !value.isWellFormed();
}
