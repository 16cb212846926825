import type { FastifyRequest } from 'fastify';

/** Where a call comes from, as records keep it. */
export interface CallerOrigin {
  readonly ipAddress: string;
  readonly userAgent: string;
}

export function originOf(request: FastifyRequest): CallerOrigin {
  return { ipAddress: request.ip.slice(0, 64), userAgent: (request.headers['user-agent'] ?? '').slice(0, 500) };
}
