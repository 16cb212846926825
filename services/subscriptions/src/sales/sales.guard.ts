import { AppError } from '@account-backups/contracts';
import { TokenVerifier, type Bearer } from '@account-backups/service-kit';
import { createParamDecorator, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

const SCOPE = 'subscriptions';

const bearers = new WeakMap<FastifyRequest, Bearer>();

/** Admits bearer tokens of programs that have the scope `subscriptions`. */
@Injectable()
export class SalesGuard implements CanActivate {
  constructor(private readonly tokens: TokenVerifier) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const token = /^Bearer +([^\s]+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined) throw new AppError('UNAUTHENTICATED', 'expected a bearer token');
    const bearer = await this.tokens.verify(token);
    // Nobody may grant terms to their own account, whatever scopes an issuer gives people.
    if (bearer.accountId !== null || !bearer.scopes.has(SCOPE)) {
      throw new AppError('SCOPE_MISSING', `expected the token of a program with the scope ${SCOPE}`);
    }
    bearers.set(request, bearer);
    return true;
  }
}

/** Who sent the request, as the guard saw it. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const bearer = bearers.get(context.switchToHttp().getRequest<FastifyRequest>());
  if (!bearer) throw new AppError('UNAUTHENTICATED', 'expected a bearer token');
  return bearer.subject;
});
