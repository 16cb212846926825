import { AppError, errorCodes } from '@account-backups/contracts';
import type { FastifyReply } from 'fastify';

const RETRY_AFTER_SECONDS = 5;

const TYPE = 'application/problem+json; charset=utf-8';

/** The problem document (RFC 9457) that says `error`. */
export function problemOf(error: AppError): { status: number; type: string; body: string } {
  const { title } = errorCodes[error.code];
  const body = JSON.stringify({
    type: `urn:account-backups:problem:${error.code.toLowerCase().replaceAll('_', '-')}`,
    title,
    status: error.status,
    detail: error.message,
    code: error.code,
    errors: error.errors ?? [],
  });
  return { status: error.status, type: TYPE, body };
}

/** Sends `error` as a problem document. Once the answer has begun it can only end the connection. */
export function sendProblem(reply: FastifyReply, error: AppError): void {
  if (reply.raw.headersSent) {
    reply.raw.destroy();
    return;
  }
  const { status, type, body } = problemOf(error);
  if (status === 503 || status === 429) void reply.header('retry-after', String(retryAfter(error)));
  if (status === 401) void reply.header('www-authenticate', 'Bearer');
  void reply.status(status).header('content-type', type).send(body);
}

function retryAfter(error: AppError): number {
  const seconds = error.details?.['retryAfterSeconds'];
  return typeof seconds === 'number' ? seconds : RETRY_AFTER_SECONDS;
}
