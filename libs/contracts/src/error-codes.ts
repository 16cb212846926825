// The one table of error codes: code → what an HTTP answer says (status, title) and whether trying again can help.

/** What callers may meet. These codes are stable: clients match on them. */
export const callerCodes = {
  // the caller's fault
  VALIDATION_FAILED: { status: 400, title: 'The request is not valid', retryable: false },
  NOTHING_INCLUDED: { status: 400, title: 'Neither active nor inactive documents are included', retryable: false },
  ORG_UNIT_OUTSIDE_FACILITIES: {
    status: 400,
    title: 'An OU lies in none of the chosen facilities',
    retryable: false,
  },
  UNAUTHENTICATED: { status: 401, title: 'Sign in first', retryable: false },
  ACCOUNT_MISSING: { status: 401, title: 'The issuer names no account', retryable: false },
  USER_UNKNOWN: { status: 401, title: 'Nobody active is the one who signed in', retryable: false },
  SUBSCRIPTION_REQUIRED: { status: 402, title: 'A valid subscription is required', retryable: false },
  SCOPE_MISSING: { status: 403, title: 'The token lacks a scope', retryable: false },
  PERMISSION_MISSING: { status: 403, title: 'No OU may be backed up', retryable: false },
  FACILITY_NOT_PERMITTED: { status: 403, title: 'A facility may not be backed up', retryable: false },
  ORG_UNIT_NOT_PERMITTED: { status: 403, title: 'An OU may not be backed up', retryable: false },
  ORIGIN_NOT_ALLOWED: { status: 403, title: 'The request comes from another site', retryable: false },
  NOT_FOUND: { status: 404, title: 'Not found', retryable: false },
  METHOD_NOT_ALLOWED: { status: 405, title: 'Method not allowed', retryable: false },
  BACKUP_ALREADY_PENDING: { status: 409, title: 'A backup is pending already', retryable: false },
  BACKUP_NOT_PENDING: { status: 409, title: 'The backup is no longer pending', retryable: false },
  BACKUP_NOT_COMPLETED: { status: 409, title: 'The backup is not completed', retryable: false },
  FILE_CONTENT_DIFFERS: { status: 409, title: 'The file is known with other content', retryable: false },
  OLDER_REVISION: { status: 409, title: 'A later revision is known already', retryable: false },
  IDEMPOTENCY_KEY_REUSED: {
    status: 409,
    title: 'The idempotency key was used for another request',
    retryable: false,
  },
  TERM_OVERLAPS: { status: 409, title: 'The term overlaps another one', retryable: false },
  TERM_NOT_FOUND: { status: 409, title: 'There is no term to change', retryable: false },
  REQUEST_ABORTED: { status: 400, title: 'The sender ended the request before its end', retryable: true },
  BACKUP_EXPIRED: { status: 410, title: 'The backup has expired', retryable: false },
  DOWNLOAD_EXPIRED: { status: 410, title: 'The download link has expired', retryable: false },
  REQUEST_TOO_SLOW: { status: 408, title: 'The request did not come in time', retryable: true },
  PRECONDITION_FAILED: { status: 412, title: 'It is not what the request expects', retryable: false },
  PAYLOAD_TOO_LARGE: { status: 413, title: 'The request is too large', retryable: false },
  QUOTA_EXCEEDED: { status: 413, title: 'The account has no room for more contents', retryable: false },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'The content type is not supported', retryable: false },
  RANGE_NOT_SATISFIABLE: { status: 416, title: 'The range is not satisfiable', retryable: false },
  HEADERS_TOO_LARGE: { status: 431, title: 'The headers of the request are too large', retryable: false },
  TOO_MANY_REQUESTS: { status: 429, title: 'Too many requests', retryable: true },
  // ours
  INTERNAL: { status: 500, title: 'Something went wrong', retryable: true },
  UNAVAILABLE: { status: 503, title: 'A part that the call needs is away', retryable: true },
} as const;

/** What only services and their logs know: to a caller it is `INTERNAL` or `UNAVAILABLE`. */
const innerCodes = {
  // messages
  MESSAGE_INVALID: { status: 500, title: 'A message is not valid', retryable: false },
  MESSAGE_UNROUTABLE: { status: 503, title: 'No service takes the message', retryable: true },
  MESSAGE_UNHANDLED: { status: 500, title: 'No handler for the message', retryable: false },
  REQUEST_TIMED_OUT: { status: 503, title: 'A service did not answer in time', retryable: true },
  BROKER_UNAVAILABLE: { status: 503, title: 'The message broker is away', retryable: true },
  // object store
  OBJECT_NOT_FOUND: { status: 404, title: 'The object does not exist', retryable: false },
  OBJECT_RANGE_INVALID: { status: 416, title: 'The range lies outside the object', retryable: false },
  OBJECT_CORRUPT: { status: 503, title: 'The object store refused a damaged upload', retryable: true },
  OBJECT_STORE_UNAVAILABLE: { status: 503, title: 'The object store is away', retryable: true },
  UPLOAD_NOT_FOUND: { status: 404, title: 'The upload does not exist', retryable: false },
  OBJECT_SOURCE_FAILED: { status: 500, title: 'The content to store broke off', retryable: true },
  // archives
  SOURCE_UNUSABLE: { status: 500, title: 'A document file cannot be archived', retryable: false },
  LEASE_LOST: { status: 500, title: 'Another builder took the work over', retryable: false },
  SEAL_UNREADABLE: { status: 500, title: 'The sealed password cannot be opened', retryable: false },
  ARCHIVE_UNREADABLE: { status: 500, title: 'The finished archive cannot be read back', retryable: true },
  BUILD_TOO_LARGE: { status: 500, title: 'The archive is larger than one object may be', retryable: false },
  CONTENTS_LOST: { status: 500, title: 'None of the contents could be read', retryable: false },
  PERMISSION_LOST: { status: 403, title: 'The requester lost the permission', retryable: false },
  ARCHIVE_COUNTS_DIFFER: { status: 500, title: 'Not all of an archive is accounted for', retryable: false },
  AUDIT_CHAIN_BROKEN: { status: 500, title: 'The record of downloads is not as it was written', retryable: false },
  RECEIPT_INVALID: { status: 400, title: 'The receipt is not what was signed', retryable: false },
  RECEIPT_KEY_UNKNOWN: { status: 400, title: 'Nobody vouches for the key of the receipt', retryable: false },
  // keys
  KEY_IN_USE: { status: 409, title: 'The key is needed', retryable: false },
  KEYS_NOT_AGREED: { status: 503, title: 'Not every process has the key', retryable: true },
  // start
  CONFIGURATION_INVALID: { status: 500, title: 'The configuration is not valid', retryable: false },
  SCHEMA_DRIFT: { status: 500, title: 'The database differs from the entities', retryable: false },
} as const;

export const errorCodes = { ...callerCodes, ...innerCodes } as const;

export type ErrorCode = keyof typeof errorCodes;
export type CallerCode = keyof typeof callerCodes;

/** Whether `value` is a code of the table. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(errorCodes, value);
}

/** Whether callers may meet this code. */
export function isCallerCode(code: ErrorCode): code is CallerCode {
  return Object.hasOwn(callerCodes, code);
}
