import { AppError, SYSTEM_CHAIN, type CalledBy } from '@account-backups/contracts';
import {
  CallerLimits,
  originOf,
  tokenIn,
  TokenVerifier,
  type Bearer,
  type CountedCaller,
  type Refusal,
} from '@account-backups/service-kit';
import { createParamDecorator, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

const SCOPE = 'subscriptions';
const MOST_OF_ADDRESS = 200;

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
    bearers.set(request, bearer);
    const counted = countedAs(bearer);
    await this.limits.count(counted);
    this.limits.hold(counted, context.switchToHttp().getResponse<FastifyReply>());
    // Nobody may grant terms to their own account, whatever scopes an issuer gives people.
    if (bearer.accountId !== null || !bearer.scopes.has(SCOPE)) {
      throw new AppError('SCOPE_MISSING', `expected the token of a program with the scope ${SCOPE}`);
    }
    return true;
  }
}

function countedAs({ accountId, subject }: Bearer): CountedCaller {
  return accountId === null ? { accountId, program: subject } : { accountId, person: subject };
}

/** Who sent the request, as the guard saw it. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): CalledBy =>
  calledBy(context.switchToHttp().getRequest<FastifyRequest>()),
);

function calledBy(request: FastifyRequest): CalledBy {
  const bearer = bearers.get(request);
  const origin = originOf(request);
  if (!bearer) return { actor: { kind: 'nobody', id: null, name: null }, ...origin };
  const kind = bearer.accountId === null ? 'program' : 'person';
  return { actor: { kind, id: bearer.subject, name: null }, ...origin };
}

/** What the trail is told of an error of a call; null for one that is no refusal. */
export function refusalOf(request: FastifyRequest, { code }: AppError): Refusal | null {
  const isForged = code === 'UNAUTHENTICATED' && request.headers.authorization !== undefined;
  if (code !== 'SCOPE_MISSING' && code !== 'TOO_MANY_REQUESTS' && !isForged) return null;
  const chainId = bearers.get(request)?.accountId ?? SYSTEM_CHAIN;
  const details = { code, route: `${request.method} ${request.routeOptions.url ?? ''}`.slice(0, MOST_OF_ADDRESS) };
  return { chainId, action: 'access.refused', by: calledBy(request), subject: null, details };
}
