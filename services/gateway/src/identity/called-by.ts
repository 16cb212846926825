// Who calls, and what the trail is told when a call is refused.
import { SYSTEM_CHAIN, type Actor, type AppError, type CalledBy, type ErrorCode } from '@account-backups/contracts';
import { originOf, type Refusal } from '@account-backups/service-kit';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Caller, NamedPerson } from './caller.js';

interface Known {
  readonly chainId: string;
  readonly actor: Actor;
}

const NOBODY: Known = { chainId: SYSTEM_CHAIN, actor: { kind: 'nobody', id: null, name: null } };
const known = new WeakMap<FastifyRequest, Known>();

/** Whoever it is, permitted or not. */
export function noteCaller(request: FastifyRequest, caller: Caller | NamedPerson): void {
  known.set(request, knownOf(caller));
}

function knownOf(caller: Caller | NamedPerson): Known {
  if (caller.kind === 'program') {
    return { chainId: SYSTEM_CHAIN, actor: { kind: 'program', id: caller.name, name: null } };
  }
  const id = caller.kind === 'person' ? caller.userId : caller.subject;
  return { chainId: caller.accountId, actor: { kind: 'person', id, name: null } };
}

/** Who sent a request, and from where. */
export function calledBy(request: FastifyRequest): CalledBy {
  return { actor: (known.get(request) ?? NOBODY).actor, ...originOf(request) };
}

/** Who calls, and from where, as the trail keeps it. */
export const Calling = createParamDecorator((_data: unknown, context: ExecutionContext): CalledBy =>
  calledBy(context.switchToHttp().getRequest<FastifyRequest>()),
);

const REFUSALS: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'SCOPE_MISSING',
  'PERMISSION_MISSING',
  'FACILITY_NOT_PERMITTED',
  'ORG_UNIT_NOT_PERMITTED',
  'ORIGIN_NOT_ALLOWED',
  'TOO_MANY_REQUESTS',
]);
const MOST_OF_ADDRESS = 200;

/** What the trail is told of an error of a call; null for one that is no refusal. */
export function refusalOf(request: FastifyRequest, { code }: AppError): Refusal | null {
  const { backupId } = (request.params ?? {}) as { readonly backupId?: string };
  if (!isRefusal(code, request, backupId !== undefined)) return null;
  const route = `${request.method} ${request.routeOptions.url ?? ''}`.slice(0, MOST_OF_ADDRESS);
  return {
    chainId: (known.get(request) ?? NOBODY).chainId,
    action: 'access.refused',
    by: calledBy(request),
    subject: backupId === undefined ? null : `backup/${backupId.slice(0, MOST_OF_ADDRESS)}`,
    details: { code, route },
  };
}

/** A backup that is out of sight is not there, for who asks; a token that was sent may have been stolen or forged. */
function isRefusal(code: ErrorCode, request: FastifyRequest, isOfBackup: boolean): boolean {
  if (code === 'UNAUTHENTICATED') return request.headers.authorization !== undefined;
  return REFUSALS.has(code) || (code === 'NOT_FOUND' && isOfBackup && known.has(request));
}
