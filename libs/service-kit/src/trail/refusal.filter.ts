import { AppError } from '@account-backups/contracts';
import { Catch, type ArgumentsHost } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ErrorFilter } from '../errors/error.filter.js';
import type { Refusal, Refusals } from './refusals.js';

/** Answers errors as `ErrorFilter` does, those that are refusals once the audit was told of them. */
@Catch()
export class RefusalFilter extends ErrorFilter {
  /** `refusalOf` gives what the audit is told of an error of a call, or null. */
  constructor(
    private readonly refusals: Pick<Refusals, 'note'>,
    private readonly refusalOf: (request: FastifyRequest, error: AppError) => Refusal | null,
  ) {
    super();
  }

  override catch(error: unknown, host: ArgumentsHost): ReturnType<ErrorFilter['catch']> {
    const request = host.getType() === 'http' ? host.switchToHttp().getRequest<FastifyRequest>() : null;
    const refusal = request && AppError.is(error) ? this.refusalOf(request, error) : null;
    if (refusal === null) return super.catch(error, host);
    void this.refusals.note(refusal).finally(() => super.catch(error, host));
  }
}
