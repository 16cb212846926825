import { AppError, errorCodes, type ErrorCode } from '@account-backups/contracts';
import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { asAppError } from '../as-app-error.js';

const RETRY_AFTER_SECONDS = 5;

/** Answers every error over HTTP as RFC 9457 `application/problem+json` with a stable code. */
@Catch()
export class ProblemFilter implements ExceptionFilter<unknown> {
  private readonly logger = new Logger(ProblemFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw error;
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const translated = fromFramework(error) ?? asAppError(error);
    if (translated.status >= 500) {
      this.logger.error({
        event: 'request.failed',
        code: translated.code,
        method: request.method,
        route: request.routeOptions.url,
        error,
      });
    }
    sendProblem(reply, translated);
  }
}

/** Sends `error` as a problem document; does nothing but end the connection when the answer is under way already. */
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

const byStatus: Readonly<Record<number, ErrorCode>> = {
  400: 'VALIDATION_FAILED',
  401: 'UNAUTHENTICATED',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  413: 'PAYLOAD_TOO_LARGE',
  414: 'VALIDATION_FAILED',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'TOO_MANY_REQUESTS',
  503: 'UNAVAILABLE',
};

// Nest and Fastify refuse some requests before a handler sees them: no route, broken JSON, a body too large.
function fromFramework(error: unknown): AppError | undefined {
  const status = statusOf(error);
  const code = status === undefined ? undefined : byStatus[status];
  if (code === undefined) return undefined;
  return new AppError(code, error instanceof Error ? error.message : errorCodes[code].title);
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof AppError) return undefined;
  if (error instanceof HttpException) return error.getStatus();
  const { statusCode } = (error ?? {}) as { statusCode?: unknown };
  return typeof statusCode === 'number' && statusCode < 500 ? statusCode : undefined;
}
