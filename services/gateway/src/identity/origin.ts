import { AppError } from '@account-backups/contracts';
import type { FastifyRequest } from 'fastify';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses a change that carries a session cookie but comes from another site's page (CSRF). Browsers name the origin in
 * Sec-Fetch-Site or Origin; a request with neither is refused too.
 */
export function refuseForeignOrigin(request: FastifyRequest, publicUrl: string): void {
  if (SAFE.has(request.method)) return;
  const site = request.headers['sec-fetch-site'];
  if (site === 'same-origin') return;
  if (site === undefined && request.headers.origin === new URL(publicUrl).origin) return;
  throw new AppError('ORIGIN_NOT_ALLOWED', `a signed-in page may call this only from ${new URL(publicUrl).origin}`);
}
