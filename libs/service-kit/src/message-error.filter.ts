import { Catch, Logger, type ArgumentsHost, type RpcExceptionFilter } from '@nestjs/common';
import { throwError, type Observable } from 'rxjs';
import { asAppError } from './as-app-error.js';

/** Lets only our errors leave a message handler; what was foreign is logged here, once. */
@Catch()
export class MessageErrorFilter implements RpcExceptionFilter<unknown> {
  private readonly logger = new Logger(MessageErrorFilter.name);

  catch(error: unknown, host: ArgumentsHost): Observable<never> {
    if (host.getType() !== 'rpc') throw error;
    const translated = asAppError(error);
    if (translated !== error) this.logger.error({ event: 'message.failed', code: translated.code, error });
    return throwError(() => translated);
  }
}
