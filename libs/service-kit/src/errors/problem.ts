import { AppError, errorCodes } from '@account-backups/contracts';
import type { FastifyReply } from 'fastify';

const RETRY_AFTER_SECONDS = 5;

/** Sends `error` as a problem document (RFC 9457). Once the answer has begun it can only end the connection. */
export function sendProblem(reply: FastifyReply, error: AppError): void {
  if (reply.raw.headersSent) {
    reply.raw.destroy();
    return;
  }
  const { title } = errorCodes[error.code];
  if (error.status === 503 || error.status === 429) void reply.header('retry-after', String(retryAfter(error)));
  if (error.status === 401) void reply.header('www-authenticate', 'Bearer');
  void reply
    .status(error.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(
      JSON.stringify({
        type: `urn:account-backups:problem:${error.code.toLowerCase().replaceAll('_', '-')}`,
        title,
        status: error.status,
        detail: error.message,
        code: error.code,
        errors: error.errors ?? [],
      }),
    );
}

function retryAfter(error: AppError): number {
  const seconds = error.details?.['retryAfterSeconds'];
  return typeof seconds === 'number' ? seconds : RETRY_AFTER_SECONDS;
}
