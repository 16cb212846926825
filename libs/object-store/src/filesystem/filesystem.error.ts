import { AppError } from '@account-backups/contracts';

/** The `errno` name of an error of the file system, or undefined. */
export function errnoOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** Whether the path, or a folder on the way to it, is not there. */
export function isAbsent(error: unknown): boolean {
  const errno = errnoOf(error);
  return errno === 'ENOENT' || errno === 'ENOTDIR';
}

/** What was found, or null where the path is not there. */
export async function unlessAbsent<T>(found: Promise<T>): Promise<T | null> {
  try {
    return await found;
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

/** Runs `work`; an error of the file system leaves as `OBJECT_STORE_UNAVAILABLE`, an `AppError` as it is. */
export async function translated<T>(subject: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw filesystemError(subject, cause);
  }
}

/** As `translated`, for what comes one by one. */
export async function* translatedEach<T>(subject: string, found: AsyncIterable<T>): AsyncGenerator<T, void> {
  try {
    yield* found;
  } catch (cause) {
    throw filesystemError(subject, cause);
  }
}

/** The `AppError` for an error of the file system. */
export function filesystemError(subject: string, cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const errno = errnoOf(cause);
  const reason = errno ?? (cause instanceof Error ? cause.message : String(cause));
  return new AppError('OBJECT_STORE_UNAVAILABLE', `the file store failed at ${subject}: ${reason}`, {
    cause,
    ...(errno && { details: { errno } }),
  });
}
