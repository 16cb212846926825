// What a key ring was before it was a ring: one key. Drop this file with the release after.
const FORMER: Readonly<Record<string, readonly string[]>> = {
  SESSION_KEYS: ['SESSION_KEY'],
  SEAL_KEYS: ['PASSWORD_SEAL_PRIVATE_KEY', 'PASSWORD_SEAL_PUBLIC_KEY'],
  RECEIPT_KEYS: ['RECEIPT_SIGNING_KEY'],
};

/** The id of such a key, under which it goes on in a ring. */
const FORMER_KEY_ID = 'former';

/** A ring of the one key that a setting of the release before gives, if it gives one. */
export function formerKey(name: string, valueOf: (setting: string) => string | undefined): string | undefined {
  for (const setting of FORMER[name] ?? []) {
    const key = valueOf(setting);
    if (key) return `${FORMER_KEY_ID}:${key}`;
  }
  return undefined;
}
