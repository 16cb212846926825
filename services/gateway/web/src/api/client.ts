import createClient from 'openapi-fetch';
import { home } from '../address/home.js';
import type { paths } from './schema.js';

export const api = createClient<paths>({ baseUrl: `${location.origin}${home}` });

type Reply<P extends keyof paths, M extends keyof paths[P]> = paths[P][M] extends {
  responses: { 200: { content: { 'application/json': infer Body } } };
}
  ? Body
  : never;

export type Me = Reply<'/api/v1/me', 'get'>;
export type BackupsPage = Reply<'/api/v1/backups', 'get'>;
export type Backup = BackupsPage['items'][number];
export type BackupStatus = Backup['status'];
export type OrgUnits = Reply<'/api/v1/org-units', 'get'>;
export type OrgUnit = OrgUnits['orgUnits'][number];
export type Download = Reply<'/api/v1/backups/{backupId}/downloads', 'get'>['items'][number];
export type OwnSession = Reply<'/api/v1/sessions', 'get'>['items'][number];
export type BackupRequest = paths['/api/v1/backups']['post']['requestBody']['content']['application/json'];

/** A failed call: the code of the API, or `OFFLINE` when there was no answer. */
class ApiFault extends Error {
  constructor(
    readonly code: string,
    readonly detail: string,
    /** The parts of the request that are at fault. */
    readonly paths: readonly string[] = [],
  ) {
    super(`${code}: ${detail}`);
  }
}

interface Outcome<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

/** The body of a successful answer; throws `ApiFault` otherwise. */
export async function bodyOf<T>(call: Promise<Outcome<T>>): Promise<T> {
  const { data, error, response } = await call.catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiFault('OFFLINE', 'no answer');
  });
  if (data !== undefined) return data;
  throw faultOf(error, response.status);
}

/** Waits for an answer without a body; throws as `bodyOf`. */
export async function done(call: Promise<Outcome<unknown>>): Promise<void> {
  await bodyOf(call.then((outcome) => (outcome.response.ok ? { ...outcome, data: true } : outcome)));
}

function faultOf(problem: unknown, status: number): ApiFault {
  if (typeof problem === 'object' && problem !== null && 'code' in problem) {
    return new ApiFault(String(problem.code), 'detail' in problem ? String(problem.detail) : '', pathsOf(problem));
  }
  return new ApiFault(status >= 502 ? 'UNAVAILABLE' : 'INTERNAL', `HTTP ${status}`);
}

function pathsOf(problem: object): string[] {
  const errors: unknown = 'errors' in problem ? problem.errors : [];
  return Array.isArray(errors) ? errors.map((fault: { path?: unknown }) => String(fault.path)) : [];
}

/** Whether the API refused this part of the request. */
export function isRefused(error: unknown, path: string): boolean {
  return error instanceof ApiFault && error.paths.includes(path);
}

export function codeOf(error: unknown): string {
  return error instanceof ApiFault ? error.code : 'INTERNAL';
}
