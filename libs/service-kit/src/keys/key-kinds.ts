import { isPrivateHalf, isPublicHalf } from './key-halves.js';

interface Expectation {
  /** For people. */
  readonly what: string;
  holds(bytes: Buffer): boolean;
}

/** What the keys of a ring must be: the active one, and those that are accepted beside it. */
export interface KeyKind {
  readonly active: Expectation;
  readonly accepted: Expectation;
}

const SECRET_BYTES = 32;

const secret: Expectation = {
  what: `base64 of ${SECRET_BYTES} bytes`,
  holds: (bytes) => bytes.length === SECRET_BYTES,
};
const sealPublic: Expectation = {
  what: 'base64 of the SPKI DER of an X25519 public key',
  holds: (bytes) => isPublicHalf(bytes, 'x25519'),
};
const sealPrivate: Expectation = {
  what: 'base64 of the PKCS #8 DER of an X25519 private key',
  holds: (bytes) => isPrivateHalf(bytes, 'x25519'),
};
const receiptPrivate: Expectation = {
  what: 'base64 of the PKCS #8 DER of an Ed25519 private key',
  holds: (bytes) => isPrivateHalf(bytes, 'ed25519'),
};
const receiptEither: Expectation = {
  what: `${receiptPrivate.what} or, retired, of the SPKI DER of its public half`,
  holds: (bytes) => isPrivateHalf(bytes, 'ed25519') || isPublicHalf(bytes, 'ed25519'),
};

export const keyKinds = {
  secret: { active: secret, accepted: secret },
  sealPublic: { active: sealPublic, accepted: sealPublic },
  sealPrivate: { active: sealPrivate, accepted: sealPrivate },
  /** One whose public half alone is left signs nothing; it is still published. */
  receipt: { active: receiptPrivate, accepted: receiptEither },
} as const satisfies Readonly<Record<string, KeyKind>>;
