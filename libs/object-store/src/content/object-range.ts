import { AppError, type ByteRange } from '@account-backups/contracts';

/** Refuses with `OBJECT_RANGE_INVALID` a range that fits no object at all; an empty one is none. */
export function assertRange(key: string, { start, end }: ByteRange): void {
  if (Number.isSafeInteger(start) && Number.isSafeInteger(end) && start >= 0 && start < end) return;
  throw new AppError('OBJECT_RANGE_INVALID', `bytes ${start} to ${end} of ${key} are no range`);
}

/** The range to read of an object of this size, all of it by default; one that reaches beyond it is refused. */
export function resolveRange(key: string, objectBytes: number, range: ByteRange | undefined): ByteRange {
  if (!range) return { start: 0, end: objectBytes };
  assertRange(key, range);
  if (range.end <= objectBytes) return range;
  throw rangeBeyond(key, range);
}

export function rangeBeyond(key: string, { start, end }: ByteRange): AppError {
  return new AppError('OBJECT_RANGE_INVALID', `bytes ${start} to ${end} do not lie within ${key}`);
}
