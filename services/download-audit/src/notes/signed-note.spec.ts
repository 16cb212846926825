import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { checkpointText, parseCheckpoint } from './checkpoint.js';
import { signedNote, textOfNote, verifierKey } from './signed-note.js';

/** Of golang.org/x/mod/sumdb/note, which the format comes from. */
const known = {
  verifier: 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  text: "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n",
  signature:
    '\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n',
};

function publicKeyOf(verifier: string) {
  const raw = Buffer.from(verifier.split('+').slice(2).join('+'), 'base64').subarray(1);
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }, format: 'jwk' });
}

const pair = generateKeyPairSync('ed25519');
const key = { name: 'here/audit', ...pair };
const text = checkpointText({ origin: 'here/audit/northfield', sequence: 42, hash: 'ab'.repeat(32) });

describe('a signed note', () => {
  it('is that of others', () => {
    const publicKey = publicKeyOf(known.verifier);
    expect(textOfNote(`${known.text}\n${known.signature}`, [publicKey])).toBe(known.text);
    expect(verifierKey({ name: 'PeterNeumann', publicKey })).toBe(known.verifier);
  });

  it('gives back its text under any of the keys', () => {
    const note = signedNote(text, key);
    const other = generateKeyPairSync('ed25519').publicKey;
    expect(textOfNote(note, [other, pair.publicKey])).toBe(text);
    expect(textOfNote(note, [other])).toBeNull();
    expect(publicKeyOf(verifierKey(key)).equals(pair.publicKey)).toBe(true);
  });

  it('may carry signatures of others, too', () => {
    expect(textOfNote(`${signedNote(text, key)}${known.signature}`, [pair.publicKey])).toBe(text);
  });

  it.each([
    (note: string) => note.replace('42', '43'),
    (note: string) => note.replace('here/audit ', 'there/audit '),
    (note: string) => note.slice(0, -1),
    (note: string) => note.replace('\n\n', '\n'),
    (note: string) => note.replace('\u2014', '-'),
    () => '',
    () => '\n\n',
  ])('is refused when it was changed: %#', (change) => {
    expect(textOfNote(change(signedNote(text, key)), [pair.publicKey])).toBeNull();
  });
});

describe('a checkpoint', () => {
  it('is read as it was written', () => {
    expect(parseCheckpoint(text)).toEqual({ origin: 'here/audit/northfield', sequence: 42, hash: 'ab'.repeat(32) });
  });

  it.each([
    text.replace('42', '042'),
    text.replace('42', '-1'),
    text.replace('42', '4.2'),
    `${text}more\n`,
    text.slice(0, -2),
    '\n42\nq6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=\n',
  ])('in another shape is none: %#', (other) => {
    expect(parseCheckpoint(other)).toBeNull();
  });
});
