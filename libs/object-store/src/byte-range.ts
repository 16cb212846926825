import { AppError } from '@account-backups/contracts';
import type { ByteRange } from './object-store.js';

export interface ResolvedRange {
  readonly start: number;
  /** The last byte, included; `start - 1` for no byte at all. */
  readonly end: number;
  readonly sizeBytes: number;
}

/** Refuses with `OBJECT_RANGE_INVALID` a range that fits no object at all. */
export function assertRange(key: string, { start, end = start }: ByteRange): void {
  if (Number.isSafeInteger(start) && Number.isSafeInteger(end) && start >= 0 && start <= end) return;
  throw new AppError('OBJECT_RANGE_INVALID', `bytes ${start} to ${end} of ${key} are no range`);
}

/** What a range means for an object of this size; one that reaches beyond it is `OBJECT_RANGE_INVALID`. */
export function resolveRange(key: string, objectBytes: number, range: ByteRange | undefined): ResolvedRange {
  if (!range) return { start: 0, end: objectBytes - 1, sizeBytes: objectBytes };
  const { start, end = objectBytes - 1 } = range;
  assertRange(key, range);
  if (start <= end && end < objectBytes) return { start, end, sizeBytes: end - start + 1 };
  throw new AppError('OBJECT_RANGE_INVALID', `bytes ${start} to ${end} lie not within ${key}, of ${objectBytes} bytes`);
}
