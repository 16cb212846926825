import { AppError } from '@account-backups/contracts';
import { MAX_PART_NUMBER, MIN_PART_BYTES, type PartRef, type StoredPart } from './object-store.js';

/** Refuses a part number that S3 would not take. */
export function assertPartNumber(partNumber: number): void {
  if (Number.isInteger(partNumber) && partNumber >= 1 && partNumber <= MAX_PART_NUMBER) return;
  throw new AppError('VALIDATION_FAILED', `part number ${partNumber} is not from 1 to ${MAX_PART_NUMBER}`);
}

/** Refuses an empty list of parts and one that is not ascending. */
export function assertAscending(parts: readonly PartRef[]): void {
  if (parts.length === 0) throw new AppError('VALIDATION_FAILED', 'an upload is completed with at least one part');
  let previous = 0;
  for (const { partNumber } of parts) {
    assertPartNumber(partNumber);
    if (partNumber <= previous) {
      throw new AppError('VALIDATION_FAILED', `part ${partNumber} comes after part ${previous}, expected ascending`);
    }
    previous = partNumber;
  }
}

/** The stored parts that `named` means; as strict as S3 about etags and minimum sizes. */
export function pickParts(named: readonly PartRef[], stored: readonly StoredPart[]): readonly StoredPart[] {
  const byNumber = new Map(stored.map((part) => [part.partNumber, part]));
  return named.map(({ partNumber, etag }, index) => {
    const part = byNumber.get(partNumber);
    if (part?.etag !== etag) {
      throw new AppError('OBJECT_CORRUPT', `part ${partNumber} is missing or has another etag than ${etag}`);
    }
    if (index < named.length - 1 && part.sizeBytes < MIN_PART_BYTES) {
      throw new AppError(
        'VALIDATION_FAILED',
        `part ${partNumber} has ${part.sizeBytes} bytes, expected ${MIN_PART_BYTES}`,
      );
    }
    return part;
  });
}
