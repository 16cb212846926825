import { AppError, type ErrorCode } from '@account-backups/contracts';

const byCode: Readonly<Record<string, ErrorCode>> = {
  NoSuchKey: 'OBJECT_NOT_FOUND',
  NotFound: 'OBJECT_NOT_FOUND',
  NoSuchUpload: 'UPLOAD_NOT_FOUND',
  InvalidRange: 'OBJECT_RANGE_INVALID',
  BadDigest: 'OBJECT_CORRUPT',
  InvalidDigest: 'OBJECT_CORRUPT',
  XAmzContentSHA256Mismatch: 'OBJECT_CORRUPT',
  InvalidPart: 'OBJECT_CORRUPT',
  EntityTooSmall: 'VALIDATION_FAILED',
  InvalidPartOrder: 'VALIDATION_FAILED',
};

/** The `AppError` for what the S3 client threw; anything that S3 did not explain counts as the store being away. */
export function s3Error(subject: string, cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const code = s3CodeOf(cause);
  const known = byCode[code ?? ''] ?? 'OBJECT_STORE_UNAVAILABLE';
  const reason = code ?? (cause instanceof Error ? cause.message : String(cause));
  return new AppError(known, `the object store failed at ${subject}: ${reason}`, { cause });
}

/** Runs `work`; what the S3 client throws leaves as an `AppError`, an abort as it is. */
export async function fromS3<T>(subject: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'AbortError') throw cause;
    throw s3Error(subject, cause);
  }
}

/** The code that S3 gave, such as `NoSuchKey`, or undefined. */
export function s3CodeOf(cause: unknown): string | undefined {
  if (!(cause instanceof Error) || !('code' in cause)) return undefined;
  return typeof cause.code === 'string' ? cause.code : undefined;
}
