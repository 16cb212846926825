import { AppError } from '@account-backups/contracts';
import { CallerLimits, tokenIn, TokenVerifier, type Bearer, type CountedCaller } from '@account-backups/service-kit';
import { createParamDecorator, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

const SCOPE = 'subscriptions';

const bearers = new WeakMap<FastifyRequest, Bearer>();

/** Admits bearer tokens of programs that have the scope `subscriptions`. */
@Injectable()
export class SalesGuard implements CanActivate {
  constructor(
    private readonly tokens: TokenVerifier,
    private readonly limits: CallerLimits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const bearer = await this.limits.identified(request.ip, () =>
      this.tokens.verify(tokenIn(request.headers.authorization)),
    );
    const counted = countedAs(bearer);
    await this.limits.count(counted);
    this.limits.hold(counted, context.switchToHttp().getResponse<FastifyReply>());
    // Nobody may grant terms to their own account, whatever scopes an issuer gives people.
    if (bearer.accountId !== null || !bearer.scopes.has(SCOPE)) {
      throw new AppError('SCOPE_MISSING', `expected the token of a program with the scope ${SCOPE}`);
    }
    bearers.set(request, bearer);
    return true;
  }
}

function countedAs({ accountId, subject }: Bearer): CountedCaller {
  return accountId === null ? { accountId, program: subject } : { accountId, person: subject };
}

/** Who sent the request, as the guard saw it. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const bearer = bearers.get(context.switchToHttp().getRequest<FastifyRequest>());
  if (!bearer) throw new AppError('UNAUTHENTICATED', 'expected a bearer token');
  return bearer.subject;
});
