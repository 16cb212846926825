import { AppError } from '@account-backups/contracts';
import { publicHalfOf } from './key-halves.js';
import type { KeyKind } from './key-kinds.js';

/** More than anybody keeps, and a bound for what is read. */
const MAX_KEYS = 64;
export const MAX_RING_BYTES = 32_768;

const ENTRY = /^([A-Za-z0-9._-]{1,64}):([A-Za-z0-9+/]+={0,2})$/;

/** A key and its name. What it is shows neither in `inspect` nor in JSON. */
export class RingKey {
  readonly #bytes: Buffer;

  constructor(
    readonly keyId: string,
    bytes: Buffer,
  ) {
    this.#bytes = bytes;
  }

  get bytes(): Buffer {
    return this.#bytes;
  }
}

/** The keys of one purpose, the active one first: it makes what is new, the others take what they made before. */
export class KeyRing {
  readonly active: RingKey;

  /** Throws a `RangeError` for no keys. */
  constructor(readonly keys: readonly RingKey[]) {
    const [first] = keys;
    if (!first) throw new RangeError('a key ring has at least one key');
    this.active = first;
  }

  get keyIds(): readonly string[] {
    return this.keys.map(({ keyId }) => keyId);
  }

  find(keyId: string): RingKey | undefined {
    return this.keys.find((key) => key.keyId === keyId);
  }

  /** With a new key, which is accepted and not yet active. */
  with(key: RingKey): KeyRing {
    return new KeyRing([this.active, key, ...this.keys.slice(1)]);
  }

  /** With that key in the first place. */
  activated(keyId: string): KeyRing {
    const first = this.keys.filter((key) => key.keyId === keyId);
    return new KeyRing([...first, ...this.keys.filter((key) => key.keyId !== keyId)]);
  }

  without(keyId: string): KeyRing {
    return new KeyRing(this.keys.filter((key) => key.keyId !== keyId));
  }

  /** Of that key the public half alone, by which its signatures are still checked. */
  signingNoMore(keyId: string): KeyRing {
    return new KeyRing(this.keys.map((key) => (key.keyId === keyId ? publicKeyOf(key) : key)));
  }

  publicHalves(): KeyRing {
    return new KeyRing(this.keys.map(publicKeyOf));
  }

  /** The ring as the settings have it, one key on each line. */
  toText(): string {
    return this.keys.map(({ keyId, bytes }) => `${keyId}:${bytes.toString('base64')}`).join(',\n');
  }
}

/**
 * Reads `keyId:base64` parted by commas, the first one active; blanks and line ends around a key count for nothing.
 * Throws `CONFIGURATION_INVALID` that says which key is at fault by its place, and repeats nothing of it.
 */
export function parseKeyRing(text: string, kind: KeyKind): KeyRing {
  if (Buffer.byteLength(text) > MAX_RING_BYTES) throw invalid(`more than ${MAX_RING_BYTES} bytes`);
  const entries = text.split(',').map((entry) => entry.trim());
  // A comma after the last key is no fault.
  if (entries.length > 1 && entries.at(-1) === '') entries.pop();
  if (entries.length > MAX_KEYS) throw invalid(`${entries.length} keys, expected at most ${MAX_KEYS}`);
  const keys = entries.map((entry, at) => keyOf(entry, at + 1, kind));
  refuseTwice(keys);
  return new KeyRing(keys);
}

function publicKeyOf({ keyId, bytes }: RingKey): RingKey {
  return new RingKey(keyId, publicHalfOf(bytes));
}

function keyOf(entry: string, place: number, kind: KeyKind): RingKey {
  const [, keyId, base64] = ENTRY.exec(entry) ?? [];
  if (keyId === undefined || base64 === undefined) throw invalid(`key ${place} is not keyId:base64`);
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.toString('base64').replaceAll('=', '') !== base64.replaceAll('=', '')) {
    throw invalid(`key ${place} is not base64`);
  }
  const expected = place === 1 ? kind.active : kind.accepted;
  if (!expected.holds(bytes)) throw invalid(`key ${place}: expected ${expected.what}`);
  return new RingKey(keyId, bytes);
}

function refuseTwice(keys: readonly RingKey[]): void {
  keys.forEach((key, at) => {
    const earlier = keys.slice(0, at);
    if (earlier.some(({ keyId }) => keyId === key.keyId)) throw invalid(`key ${at + 1} has the id of an earlier one`);
    if (earlier.some(({ bytes }) => bytes.equals(key.bytes)))
      throw invalid(`key ${at + 1} is the same as an earlier one`);
  });
}

function invalid(what: string): AppError {
  return new AppError('CONFIGURATION_INVALID', what);
}
