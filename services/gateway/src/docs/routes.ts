import {
  backupView,
  directory,
  downloadView,
  pageOf,
  permittedOrgUnits,
  registeredDocument,
  type ErrorCode,
} from '@account-backups/contracts';
import { z } from 'zod';
import { backupsQuery, pageQuery, requestBody } from '../api/backup-schemas.js';

/** One call as the API's description has it. */
export interface Route {
  readonly method: 'get' | 'head' | 'post' | 'put';
  /** OpenAPI's way: `{backupId}`. */
  readonly path: string;
  readonly summary: string;
  readonly scope?: 'backups' | 'provisioning';
  readonly query?: z.ZodType;
  readonly headers?: readonly string[];
  readonly body?: { readonly type: string; readonly schema?: z.ZodType };
  readonly status: number;
  readonly reply?: { readonly type: string; readonly schema?: z.ZodType };
  readonly errors: readonly ErrorCode[];
}

const json = (schema: z.ZodType) => ({ type: 'application/json', schema });
const base = '/api/v1';
const backup = `${base}/backups/{backupId}`;
const account = `${base}/provisioning/accounts/{accountId}`;

const scopeErrors = ['VALIDATION_FAILED', 'NOTHING_INCLUDED', 'PERMISSION_MISSING', 'FACILITY_NOT_PERMITTED'] as const;
const requestErrors = [...scopeErrors, 'ORG_UNIT_NOT_PERMITTED', 'ORG_UNIT_OUTSIDE_FACILITIES'] as const;

const me = z.object({
  userId: z.string(),
  name: z.string(),
  account: z.object({
    accountId: z.string(),
    name: z.string(),
    timeZone: z.string(),
    enterprise: z.boolean(),
  }),
  siteAdmin: z.boolean(),
  facilityAdminOf: z.array(z.string()),
  canManageBackups: z.boolean(),
  subscription: z.object({
    state: z.enum(['valid', 'scheduled', 'expired', 'none']),
    endsOn: z.string().nullable(),
    endsAt: z.string().nullable(),
    renewUrl: z.string(),
  }),
  nextScanAt: z.string(),
  canRequestBackup: z.boolean(),
  cannotRequestBecause: z.string().nullable(),
});

const estimate = z.object({ documentCount: z.int(), fileCount: z.int(), sizeBytes: z.int() });
const begun = z.object({ downloadId: z.string(), url: z.url(), expiresAt: z.string() });
const intake = z.object({
  accepted: z.int(),
  rejected: z.array(z.object({ line: z.int(), code: z.string(), message: z.string() })),
});
const counts = z.object({
  facilities: z.int(),
  orgUnits: z.int(),
  roles: z.int(),
  users: z.int(),
  userGroups: z.int(),
});

const person: readonly Route[] = [
  route('get', `${base}/me`, 'Who calls, and what they may do now', { reply: json(me) }),
  route('get', `${base}/org-units`, 'The OUs that the caller may back up', { reply: json(permittedOrgUnits) }),
  route('post', `${base}/backups`, 'Requests a backup', {
    headers: ['Idempotency-Key'],
    body: json(requestBody),
    status: 201,
    reply: json(backupView),
    errors: [...requestErrors, 'SUBSCRIPTION_REQUIRED', 'BACKUP_ALREADY_PENDING', 'IDEMPOTENCY_KEY_REUSED'],
  }),
  route('post', `${base}/backups/estimate`, 'How much a request means', {
    body: json(requestBody),
    reply: json(estimate),
    errors: requestErrors,
  }),
  route('get', `${base}/backups`, 'The backups that the caller may see, newest first', {
    query: backupsQuery,
    reply: json(pageOf(backupView)),
    errors: ['VALIDATION_FAILED'],
  }),
  route('get', backup, 'One backup', { reply: json(backupView), errors: ['NOT_FOUND'] }),
  route('post', `${backup}/cancel`, 'Cancels a pending backup', {
    reply: json(backupView),
    errors: ['NOT_FOUND', 'BACKUP_NOT_PENDING'],
  }),
  route('post', `${backup}/downloads`, 'Begins a download; it is recorded', {
    status: 201,
    reply: json(begun),
    errors: ['NOT_FOUND', 'BACKUP_NOT_COMPLETED', 'BACKUP_EXPIRED'],
  }),
  route('get', `${backup}/downloads`, 'Who took the archive, newest first', {
    query: pageQuery,
    reply: json(pageOf(downloadView)),
    errors: ['NOT_FOUND', 'VALIDATION_FAILED'],
  }),
  ...(['get', 'head'] as const).map((method) =>
    route(method, `${backup}/downloads/{downloadId}/archive`, 'The archive, whole or in ranges', {
      headers: ['Range', 'If-Range'],
      reply: { type: 'application/zip' },
      errors: ['NOT_FOUND', 'BACKUP_EXPIRED', 'DOWNLOAD_EXPIRED', 'RANGE_NOT_SATISFIABLE'],
    }),
  ),
  route('get', `${base}/events`, 'Server-sent events `backup`: one that the caller may see changed', {
    reply: { type: 'text/event-stream' },
  }),
];

const provisioning: readonly Route[] = [
  route('put', `${account}/directory`, 'Makes the directory what is sent, all or nothing', {
    scope: 'provisioning',
    body: json(directory),
    reply: json(counts),
    errors: ['VALIDATION_FAILED', 'PAYLOAD_TOO_LARGE'],
  }),
  route('post', `${account}/documents`, 'Registers documents: NDJSON, one a line', {
    scope: 'provisioning',
    body: { type: 'application/x-ndjson', schema: registeredDocument },
    reply: json(intake),
    errors: ['NOT_FOUND', 'PAYLOAD_TOO_LARGE'],
  }),
  route('post', `${account}/documents/delete`, 'Removes documents from the register', {
    scope: 'provisioning',
    body: json(z.strictObject({ documentIds: z.array(z.string()).min(1).max(10_000) })),
    reply: json(z.object({ deleted: z.int() })),
    errors: ['NOT_FOUND', 'VALIDATION_FAILED'],
  }),
  route('put', `${account}/files/{fileId}`, 'Stores the content of a file', {
    scope: 'provisioning',
    body: { type: 'application/octet-stream' },
    reply: json(z.object({ sizeBytes: z.int(), sha256: z.string() })),
    errors: ['NOT_FOUND', 'FILE_CONTENT_DIFFERS'],
  }),
];

/** Every call of the gateway's API that is not about reading its description. */
export const routes: readonly Route[] = [...person, ...provisioning];

function route(
  method: Route['method'],
  path: string,
  summary: string,
  rest: Partial<Omit<Route, 'method' | 'path' | 'summary'>>,
): Route {
  return { scope: 'backups', status: 200, errors: [], method, path, summary, ...rest };
}
