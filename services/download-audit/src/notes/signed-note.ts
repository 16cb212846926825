// Texts with signatures of named keys, as c2sp.org/signed-note defines them.
import { createHash, sign, verify, type KeyObject } from 'node:crypto';

const ED25519 = Buffer.of(1);
const SIGNATURE_BYTES = 64;
const KEY_HASH_BYTES = 4;
/** Blank line, then em dash, name and base64. */
const SIGNATURE_LINE = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/u;

export interface NoteKey {
  readonly name: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** `text` ends with a line end and has no blank line. */
export function signedNote(text: string, { name, privateKey, publicKey }: NoteKey): string {
  const signature = Buffer.concat([keyHash(name, publicKey), sign(null, Buffer.from(text), privateKey)]);
  return `${text}\n\u2014 ${name} ${signature.toString('base64')}\n`;
}

/** The text of a note that one of the keys has signed, under whatever name; null for any other. */
export function textOfNote(note: string, publicKeys: readonly KeyObject[]): string | null {
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n')) return null;
  const text = note.slice(0, end + 1);
  const lines = note.slice(end + 2, -1).split('\n');
  return lines.some((line) => publicKeys.some((key) => isSignature(line, text, key))) ? text : null;
}

/** What others need to check notes: `name+hash+key`. */
export function verifierKey({ name, publicKey }: Pick<NoteKey, 'name' | 'publicKey'>): string {
  const hash = keyHash(name, publicKey).toString('hex');
  return `${name}+${hash}+${Buffer.concat([ED25519, rawKey(publicKey)]).toString('base64')}`;
}

function isSignature(line: string, text: string, publicKey: KeyObject): boolean {
  const [, name, base64] = SIGNATURE_LINE.exec(line) ?? [];
  if (name === undefined || base64 === undefined) return false;
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length !== KEY_HASH_BYTES + SIGNATURE_BYTES) return false;
  if (!bytes.subarray(0, KEY_HASH_BYTES).equals(keyHash(name, publicKey))) return false;
  return verify(null, Buffer.from(text), publicKey, bytes.subarray(KEY_HASH_BYTES));
}

function keyHash(name: string, publicKey: KeyObject): Buffer {
  const named = Buffer.concat([Buffer.from(`${name}\n`), ED25519, rawKey(publicKey)]);
  return createHash('sha256').update(named).digest().subarray(0, KEY_HASH_BYTES);
}

function rawKey(publicKey: KeyObject): Buffer {
  return Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
}
