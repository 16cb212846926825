import { AppError } from '@account-backups/contracts';

/** A part that cannot be had: the message is the sentence that a person reads, so it says what to do. */
export function partMissing(sentence: string, cause?: unknown): AppError {
  return new AppError('UNAVAILABLE', sentence, { cause });
}

/** A setting that cannot work: the message names the variable. */
export function settingRefused(sentence: string): AppError {
  return new AppError('CONFIGURATION_INVALID', sentence);
}
