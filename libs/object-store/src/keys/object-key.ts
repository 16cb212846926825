import { AppError } from '@account-backups/contracts';

const segment = '[A-Za-z0-9_=~:-][A-Za-z0-9._=~:-]*';
const keyPattern = new RegExp(`^(?=[A-Za-z])${segment}(?:/${segment})*$`);
const MAX_KEY_LENGTH = 900;
const MAX_SEGMENT_LENGTH = 240;

/**
 * Refuses, with `VALIDATION_FAILED`, a key that is not safe everywhere. A key is made of segments of
 * `[A-Za-z0-9._=~:-]` that do not start with a dot, joined by `/`, the first starting with a letter. So no key leaves a
 * root folder, needs escaping in a URL or in XML, or is taken for a number by an XML parser.
 */
export function assertObjectKey(key: string): void {
  const fits =
    key.length <= MAX_KEY_LENGTH &&
    keyPattern.test(key) &&
    key.split('/').every((part) => part.length <= MAX_SEGMENT_LENGTH);
  if (!fits) throw new AppError('VALIDATION_FAILED', `object key ${JSON.stringify(key)} is not valid`);
}
