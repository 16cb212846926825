import { AppError, errorCodes, type ErrorCode } from '@account-backups/contracts';
import { HttpException } from '@nestjs/common';

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

/** Nest and Fastify refuse some requests before a handler sees them: no route, broken JSON, a body too large. */
export function fromFramework(error: unknown): AppError | undefined {
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
