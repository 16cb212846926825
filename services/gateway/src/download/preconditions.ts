import { AppError } from '@account-backups/contracts';

/** Throws `PRECONDITION_FAILED` unless `If-Match` allows `etag`, by strong comparison (RFC 9110, section 13.1.1). */
export function refuseUnlessMatched(header: string | undefined, etag: string): void {
  if (header === undefined || header.trim() === '*') return;
  const named: readonly string[] = header.match(/(W\/)?"[^"]*"/g) ?? [];
  if (named.includes(etag)) return;
  throw new AppError('PRECONDITION_FAILED', `If-Match names another archive; this one is ${etag}`);
}
