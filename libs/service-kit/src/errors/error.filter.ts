import { AppError } from '@account-backups/contracts';
import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { throwError, type Observable } from 'rxjs';
import { asAppError } from './as-app-error.js';
import { fromFramework } from './framework-error.js';
import { sendProblem } from './problem.js';

/** Whatever a handler throws leaves as one of our errors: as a problem document over HTTP, else in the reply. */
@Catch()
export class ErrorFilter implements ExceptionFilter<unknown> {
  private readonly logger = new Logger(ErrorFilter.name);

  catch(error: unknown, host: ArgumentsHost): Observable<never> | void {
    if (host.getType() === 'http') return this.answer(error, host);
    const translated = asAppError(error);
    if (translated !== error) this.logger.error({ event: 'message.failed', code: translated.code, error });
    return throwError(() => translated);
  }

  private answer(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const translated = brokenOff(request) ?? fromFramework(error) ?? asAppError(error);
    const { method, routeOptions } = request;
    if (translated.code === 'REQUEST_ABORTED') {
      this.logger.debug({ event: 'request.aborted', method, route: routeOptions.url });
    } else if (translated.status >= 500) {
      this.logger.error({ event: 'request.failed', code: translated.code, method, route: routeOptions.url, error });
    }
    sendProblem(host.switchToHttp().getResponse<FastifyReply>(), translated);
  }
}

/** Whatever work on half a body failed with, that it broke off is why. */
function brokenOff({ raw }: FastifyRequest): AppError | undefined {
  if (raw.complete || !raw.destroyed) return undefined;
  return new AppError('REQUEST_ABORTED', 'the connection ended before the body was whole');
}
