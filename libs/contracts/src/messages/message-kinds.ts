import type { z } from 'zod';
import type { ServiceName } from '../service-names.js';

interface Definition<P extends z.ZodType> {
  /** One sentence for docs/messages.md. */
  readonly about: string;
  readonly payload: P;
}

/** A question to exactly one handler, which answers within `timeoutMs`. */
export interface RequestDefinition<
  P extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
> extends Definition<P> {
  readonly kind: 'request';
  readonly owner: ServiceName;
  readonly reply: R;
  readonly timeoutMs: number;
}

/** Something that happened; each service in `handledBy` takes its own copy, at least once. */
export interface FactDefinition<P extends z.ZodType = z.ZodType> extends Definition<P> {
  readonly kind: 'fact';
  readonly owner: ServiceName;
  readonly handledBy: readonly ServiceName[];
}

/** Work for one of many processes of the owner, at least once. */
export interface JobDefinition<P extends z.ZodType = z.ZodType> extends Definition<P> {
  readonly kind: 'job';
  readonly owner: ServiceName;
  /** How many of these one process takes at a time. */
  readonly concurrency: number;
}

/** A hint to every running process of the services in `handledBy`; may be lost, nothing depends on it. */
export interface SignalDefinition<P extends z.ZodType = z.ZodType> extends Definition<P> {
  readonly kind: 'signal';
  readonly owner: ServiceName;
  readonly handledBy: readonly ServiceName[];
}

export type MessageDefinition = RequestDefinition | FactDefinition | JobDefinition | SignalDefinition;

const DEFAULT_TIMEOUT_MS = 10_000;

export function request<P extends z.ZodType, R extends z.ZodType>(
  definition: Omit<RequestDefinition<P, R>, 'kind' | 'timeoutMs'> & { readonly timeoutMs?: number },
): RequestDefinition<P, R> {
  return { kind: 'request', timeoutMs: DEFAULT_TIMEOUT_MS, ...definition };
}

export function fact<P extends z.ZodType>(definition: Omit<FactDefinition<P>, 'kind'>): FactDefinition<P> {
  return { kind: 'fact', ...definition };
}

export function job<P extends z.ZodType>(definition: Omit<JobDefinition<P>, 'kind'>): JobDefinition<P> {
  return { kind: 'job', ...definition };
}

export function signal<P extends z.ZodType>(definition: Omit<SignalDefinition<P>, 'kind'>): SignalDefinition<P> {
  return { kind: 'signal', ...definition };
}
