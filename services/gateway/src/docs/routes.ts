import {
  backupView,
  frozenOrgUnit,
  directory,
  downloadView,
  pageOf,
  permittedOrgUnits,
  registeredDocument,
  signedReceipt,
  unfiledDocument,
} from '@account-backups/contracts';
import type { Content, Operation } from '@account-backups/service-kit/openapi';
import { z } from 'zod';
import { backupsQuery, pageQuery, requestBody } from '../api/backup-schemas.js';
import {
  begunDownload,
  counts,
  estimate,
  intake,
  knownOrgUnit,
  listedKeys,
  me,
  ownSessions,
  publishedKey,
  storedFile,
} from '../api/replies.js';

type Described = 'method' | 'path' | 'operationId' | 'summary' | 'query' | 'headers' | 'body' | 'partial' | 'errors';

/** One call as the API's description has it. */
export interface Route extends Pick<Operation, Described> {
  /** `none`: open to anyone. */
  readonly scope: 'backups' | 'provisioning' | 'none';
  readonly status: number;
  readonly reply?: Content;
}

const json = (schema: z.ZodType) => ({ type: 'application/json', schema });
const base = '/api/v1';
const backup = `${base}/backups/{backupId}`;
const account = `${base}/provisioning/accounts/{accountId}`;

const scopeErrors = ['VALIDATION_FAILED', 'NOTHING_INCLUDED', 'PERMISSION_MISSING', 'FACILITY_NOT_PERMITTED'] as const;
const requestErrors = [...scopeErrors, 'ORG_UNIT_NOT_PERMITTED', 'ORG_UNIT_OUTSIDE_FACILITIES'] as const;

const person: readonly Route[] = [
  route('get', `${base}/me`, 'Who calls, and what they may do now', { operationId: 'getMe', reply: json(me) }),
  route('get', `${base}/org-units`, 'The OUs that the caller may back up', {
    operationId: 'listOrgUnits',
    reply: json(permittedOrgUnits),
  }),
  route('get', `${base}/sessions`, 'Where the caller is signed in: sessions that hold, newest first', {
    operationId: 'listSessions',
    query: pageQuery,
    reply: json(ownSessions),
    errors: ['VALIDATION_FAILED'],
  }),
  route('delete', `${base}/sessions`, 'Ends all sessions of the caller but the one of this call', {
    operationId: 'endOtherSessions',
    status: 204,
  }),
  route(
    'delete',
    `${base}/sessions/{sessionId}`,
    'Ends a session of the caller; within five seconds, so does what runs',
    {
      operationId: 'endSession',
      status: 204,
      errors: ['NOT_FOUND'],
    },
  ),
  route('post', `${base}/backups`, 'Requests a backup', {
    operationId: 'requestBackup',
    headers: { 'Idempotency-Key': 'The same key and body again give the same backup, not a second one' },
    body: json(requestBody),
    status: 201,
    reply: json(backupView),
    errors: [...requestErrors, 'SUBSCRIPTION_REQUIRED', 'BACKUP_ALREADY_PENDING', 'IDEMPOTENCY_KEY_REUSED'],
  }),
  route('post', `${base}/backups/estimate`, 'How much a request means', {
    operationId: 'estimateBackup',
    body: json(requestBody),
    reply: json(estimate),
    errors: requestErrors,
  }),
  route('get', `${base}/backups`, 'The backups that the caller may see, newest first', {
    operationId: 'listBackups',
    query: backupsQuery,
    reply: json(pageOf(backupView)),
    errors: ['VALIDATION_FAILED'],
  }),
  route('get', backup, 'One backup', { operationId: 'getBackup', reply: json(backupView), errors: ['NOT_FOUND'] }),
  route('get', `${backup}/org-units`, 'The OUs of a backup, with their names as they were at the request', {
    operationId: 'listOrgUnitsOfBackup',
    query: pageQuery,
    reply: json(pageOf(frozenOrgUnit)),
    errors: ['NOT_FOUND', 'VALIDATION_FAILED'],
  }),
  route('post', `${backup}/cancel`, 'Cancels a pending backup', {
    operationId: 'cancelBackup',
    reply: json(backupView),
    errors: ['NOT_FOUND', 'BACKUP_NOT_PENDING'],
  }),
  route('post', `${backup}/downloads`, 'Begins a download; it is recorded', {
    operationId: 'beginDownload',
    status: 201,
    reply: json(begunDownload),
    errors: ['NOT_FOUND', 'BACKUP_NOT_COMPLETED', 'BACKUP_EXPIRED'],
  }),
  route('get', `${backup}/downloads`, 'Who took the archive, newest first', {
    operationId: 'listDownloads',
    query: pageQuery,
    reply: json(pageOf(downloadView)),
    errors: ['NOT_FOUND', 'VALIDATION_FAILED'],
  }),
  route('get', `${backup}/receipt`, 'A signed receipt of a finished backup; also after the archive expired', {
    operationId: 'getReceipt',
    reply: json(signedReceipt),
    errors: ['NOT_FOUND', 'BACKUP_NOT_COMPLETED'],
  }),
  route('get', `${base}/receipt-key`, 'The public key that receipts are signed with now', {
    operationId: 'getReceiptKey',
    scope: 'none',
    reply: json(publishedKey),
  }),
  route('get', `${base}/receipt-keys`, 'All public keys that receipts were ever signed with, retired ones too', {
    operationId: 'listReceiptKeys',
    scope: 'none',
    reply: json(listedKeys),
  }),
  ...(['get', 'head'] as const).map((method) =>
    route(method, `${backup}/downloads/{downloadId}/archive`, 'The archive, whole or in ranges', {
      operationId: method === 'get' ? 'downloadArchive' : 'describeArchive',
      headers: {
        Range: 'One range of bytes (RFC 9110); the answer is 206',
        'If-Range': 'The ETag of an earlier answer',
        'If-Match': 'ETags; another archive is refused with 412',
      },
      partial: true,
      reply: { type: 'application/zip' },
      errors: [
        'NOT_FOUND',
        'BACKUP_NOT_COMPLETED',
        'BACKUP_EXPIRED',
        'DOWNLOAD_EXPIRED',
        'PRECONDITION_FAILED',
        'RANGE_NOT_SATISFIABLE',
      ],
    }),
  ),
  route('get', `${base}/events`, 'Server-sent events `backup`: one that the caller may see changed', {
    operationId: 'watchBackups',
    reply: { type: 'text/event-stream' },
  }),
];

const provisioning: readonly Route[] = [
  route('put', `${account}/directory`, 'Makes the directory what is sent, all or nothing', {
    operationId: 'putDirectory',
    scope: 'provisioning',
    body: json(directory),
    reply: json(counts),
    errors: ['VALIDATION_FAILED', 'UNSUPPORTED_MEDIA_TYPE', 'PAYLOAD_TOO_LARGE', 'OLDER_REVISION'],
  }),
  route('post', `${account}/documents`, 'Registers documents: NDJSON, one a line', {
    operationId: 'registerDocuments',
    scope: 'provisioning',
    body: { type: 'application/x-ndjson', schema: registeredDocument },
    reply: json(intake),
    errors: ['VALIDATION_FAILED', 'UNSUPPORTED_MEDIA_TYPE', 'NOT_FOUND', 'PAYLOAD_TOO_LARGE'],
  }),
  route('get', `${account}/org-units/{orgUnitId}`, 'An OU of the account', {
    operationId: 'getOrgUnit',
    scope: 'provisioning',
    reply: json(knownOrgUnit),
    errors: ['VALIDATION_FAILED', 'NOT_FOUND'],
  }),
  route('get', `${account}/documents/unfiled`, 'Documents that lie in no OU of the directory', {
    operationId: 'listUnfiledDocuments',
    scope: 'provisioning',
    query: pageQuery,
    reply: json(pageOf(unfiledDocument)),
    errors: ['VALIDATION_FAILED', 'NOT_FOUND'],
  }),
  route('get', `${account}/documents/{documentId}`, 'A document as it was registered', {
    operationId: 'getDocument',
    scope: 'provisioning',
    reply: json(registeredDocument),
    errors: ['VALIDATION_FAILED', 'NOT_FOUND'],
  }),
  route('post', `${account}/documents/delete`, 'Removes documents from the register', {
    operationId: 'deleteDocuments',
    scope: 'provisioning',
    body: json(z.strictObject({ documentIds: z.array(z.string()).min(1).max(10_000) })),
    reply: json(z.object({ deleted: z.int() })),
    errors: ['NOT_FOUND', 'VALIDATION_FAILED'],
  }),
  route('get', `${account}/files/{fileId}`, 'What is stored of a file', {
    operationId: 'getFile',
    scope: 'provisioning',
    reply: json(storedFile),
    errors: ['VALIDATION_FAILED', 'UNSUPPORTED_MEDIA_TYPE', 'NOT_FOUND'],
  }),
  route('put', `${account}/files/{fileId}`, 'Stores the content of a file', {
    operationId: 'putFile',
    scope: 'provisioning',
    body: { type: 'application/octet-stream' },
    reply: json(storedFile),
    errors: [
      'VALIDATION_FAILED',
      'UNSUPPORTED_MEDIA_TYPE',
      'NOT_FOUND',
      'FILE_CONTENT_DIFFERS',
      'PAYLOAD_TOO_LARGE',
      'QUOTA_EXCEEDED',
    ],
  }),
];

/** Every call of the gateway's API but those that describe it. */
export const routes: readonly Route[] = [...person, ...provisioning];

function route(
  method: Route['method'],
  path: string,
  summary: string,
  rest: Partial<Omit<Route, 'method' | 'path' | 'summary'>> & Pick<Route, 'operationId'>,
): Route {
  return { scope: 'backups', status: 200, errors: [], method, path, summary, ...rest };
}
