/** Every way that writing or reading a ZIP can fail. */
export type ZipErrorCode =
  | 'INVALID_NAME'
  | 'INVALID_ENTRY'
  | 'INVALID_PASSWORD'
  | 'INVALID_RECORD'
  | 'SOURCE_SHORT'
  | 'SOURCE_LONG'
  | 'SOURCE_CRC_MISMATCH'
  | 'SOURCE_HASH_MISMATCH'
  | 'SOURCE_READ_FAILED'
  | 'ENTRY_SIZE_CHANGED'
  | 'NOT_A_ZIP'
  | 'UNSUPPORTED'
  | 'TRUNCATED'
  | 'BAD_DIRECTORY'
  | 'HEADERS_DISAGREE'
  | 'PASSWORD_REQUIRED'
  | 'WRONG_PASSWORD'
  | 'BAD_AUTHENTICATION'
  | 'BAD_CRC'
  | 'BAD_SIZE'
  | 'BAD_COMPRESSION';

export interface ZipErrorOptions {
  readonly cause?: unknown;
  /** The entry that failed, as named in the archive. */
  readonly entryName?: string;
}

/** The one error class of this library: a stable code, a message that names value and expectation, the cause. */
export class ZipError extends Error {
  readonly code: ZipErrorCode;
  readonly entryName?: string;

  constructor(code: ZipErrorCode, message: string, options: ZipErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ZipError';
    this.code = code;
    if (options.entryName !== undefined) this.entryName = options.entryName;
  }

  /** True for a ZipError with one of the codes, or with any code when none is given. */
  static is(error: unknown, ...codes: readonly ZipErrorCode[]): error is ZipError {
    return error instanceof ZipError && (codes.length === 0 || codes.includes(error.code));
  }
}
