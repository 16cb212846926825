import { codeOf } from '../api/client.js';
import { en, type MessageKey } from '../language/en.js';
import type { Say } from '../language/texts.js';

/** What went wrong, in words a person can act on. */
export function faultText(say: Say, error: unknown): string {
  const key = `error.${codeOf(error)}`;
  return say(isKey(key) ? key : 'error.INTERNAL');
}

function isKey(key: string): key is MessageKey {
  return Object.hasOwn(en, key);
}
