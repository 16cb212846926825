import { AppError, hostId, type Reply } from '@account-backups/contracts';
import { CallerLimits, tokenIn, TokenVerifier, type CountedCaller } from '@account-backups/service-kit';
import {
  createParamDecorator,
  Inject,
  Injectable,
  SetMetadata,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONFIG, type GatewayConfig } from '../config.js';
import { noteCaller } from './called-by.js';
import {
  BACKUPS_SCOPE,
  PROVISIONING_SCOPE,
  type Caller,
  type Credential,
  type NamedPerson,
  type Person,
} from './caller.js';
import { People } from './people.js';
import { refuseForeignOrigin } from './origin.js';
import { Sessions } from './sessions.js';

type Audience = 'person' | 'provisioning' | 'anyone';
const AUDIENCE = 'audience';
const STAYS_OPEN = 'stays open';
type CalledRequest = FastifyRequest & { caller?: Caller };

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Who may call a route: a person (scope `backups`), a provisioning program, or anyone. Without one, nobody may. */
export const ForPersons = () => SetMetadata<string, Audience>(AUDIENCE, 'person');
export const ForProvisioning = () => SetMetadata<string, Audience>(AUDIENCE, 'provisioning');
export const ForAnyone = () => SetMetadata<string, Audience>(AUDIENCE, 'anyone');

/**
 * An answer that never ends by itself takes none of the places of calls at once, since it has bounds of its own, and is
 * no use of a session.
 */
export const StaysOpen = () => SetMetadata(STAYS_OPEN, true);

/** The person who calls, on a route that is for persons. */
export const CurrentPerson = createParamDecorator((_data: unknown, context: ExecutionContext): Person => {
  const { caller } = context.switchToHttp().getRequest<CalledRequest>();
  if (caller?.kind !== 'person') throw new AppError('UNAUTHENTICATED', 'sign in or send a bearer token');
  return caller;
});

@Injectable()
export class CallerGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: TokenVerifier,
    private readonly people: People,
    private readonly sessions: Sessions,
    private readonly limits: CallerLimits,
    @Inject(CONFIG) private readonly config: Pick<GatewayConfig, 'PUBLIC_URL'>,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const audience = this.reflector.getAllAndOverride<Audience | undefined>(AUDIENCE, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (audience === undefined) throw new AppError('NOT_FOUND', 'there is no such address');
    const request = context.switchToHttp().getRequest<CalledRequest>();
    if (audience === 'anyone') {
      await this.limits.countAddress(request.ip);
      return true;
    }
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const staysOpen = this.reflector.get<boolean | undefined>(STAYS_OPEN, context.getHandler()) ?? false;
    const caller = await this.limits.identified(request.ip, () => this.credentialsOf({ request, reply }, !staysOpen));
    noteCaller(request, caller);
    const counted = countedAs(caller);
    await this.limits.count(counted);
    if (!staysOpen) this.limits.hold(counted, reply);
    refuseWithoutScope(caller, audience);
    request.caller = caller.kind === 'named-person' ? await this.userMeantBy(caller) : caller;
    noteCaller(request, request.caller);
    return true;
  }

  private async credentialsOf({ request, reply }: Exchange, isUse: boolean): Promise<Caller | NamedPerson> {
    const { authorization } = request.headers;
    if (authorization !== undefined) return this.byToken(authorization);
    const person = await this.sessions.read(request, reply, isUse);
    if (!person) throw new AppError('UNAUTHENTICATED', 'sign in or send a bearer token');
    noteCaller(request, person);
    refuseForeignOrigin(request, this.config.PUBLIC_URL);
    return person;
  }

  private async byToken(authorization: string): Promise<Caller | NamedPerson> {
    const { subject, accountId, scopes, issuedAt, expiresAt } = await this.tokens.verify(tokenIn(authorization));
    if (accountId === null) return { kind: 'program', name: subject, scopes };
    return { kind: 'named-person', accountId, subject, scopes, by: { kind: 'token', issuedAt, expiresAt } };
  }

  private async userMeantBy(named: NamedPerson): Promise<Person> {
    const { accountId, subject, scopes, by } = named;
    const user = await this.people.findUser(named);
    if (user && !countsFor(user, by)) throw new AppError('UNAUTHENTICATED', 'the bearer token counts no more');
    // A user whom the host system has not told of yet goes by the id; what may be seen is decided at each call.
    const userId = hostId.safeParse(user?.userId ?? subject);
    if (!userId.success) throw new AppError('UNAUTHENTICATED', 'the bearer token names nobody who is known here');
    return { kind: 'person', accountId, userId: userId.data, scopes, by };
  }
}

/** A token says nothing for who is inactive, or was since it was issued. An issuer tells seconds. */
function countsFor({ active, notBefore }: Reply<'permissions.find-user'>, by: Credential): boolean {
  if (!active || by.kind !== 'token') return active;
  return !notBefore || by.issuedAt.getTime() >= Math.floor(Date.parse(notBefore) / 1_000) * 1_000;
}

function countedAs(caller: Caller | NamedPerson): CountedCaller {
  if (caller.kind === 'program') return { accountId: null, program: caller.name };
  return { accountId: caller.accountId, person: caller.kind === 'person' ? caller.userId : caller.subject };
}

function refuseWithoutScope(caller: Caller | NamedPerson, audience: 'person' | 'provisioning'): void {
  const kind = audience === 'person' ? 'person' : 'program';
  const scope = audience === 'person' ? BACKUPS_SCOPE : PROVISIONING_SCOPE;
  if ((caller.kind === 'program') === (kind === 'program') && caller.scopes.has(scope)) return;
  throw new AppError('SCOPE_MISSING', `this call needs the token of a ${kind} with the scope ${scope}`);
}
