import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { keyKinds } from './key-kinds.js';
import { KeyRing, parseKeyRing, RingKey } from './key-ring.js';

const secret = () => randomBytes(32).toString('base64');
const pair = (type: 'ed25519' | 'x25519') => {
  const { privateKey, publicKey } = type === 'ed25519' ? generateKeyPairSync(type) : generateKeyPairSync(type);
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
  };
};

describe('a key ring', () => {
  it('is read as it is written, the active key first', () => {
    const keyId = fc.stringMatching(/^[A-Za-z0-9._-]{1,64}$/);
    const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((array) => Buffer.from(array));
    const keys = fc.uniqueArray(fc.tuple(keyId, bytes), {
      minLength: 1,
      maxLength: 64,
      comparator: ([a, one], [b, other]) => a === b || one.equals(other),
    });
    fc.assert(
      fc.property(keys, (entries) => {
        const ring = new KeyRing(entries.map(([id, key]) => new RingKey(id, key)));
        const read = parseKeyRing(ring.toText(), keyKinds.secret);
        expect(read.keys.map((key) => [key.keyId, key.bytes])).toEqual(entries);
        expect(read.active).toBe(read.keys[0]);
      }),
    );
  });

  it('finds a key by its id', () => {
    const ring = parseKeyRing(`b:${secret()}, a:${secret()},\n`, keyKinds.secret);
    expect([ring.find('a')?.keyId, ring.find('c')]).toEqual(['a', undefined]);
  });

  it.each([
    ['', 'key 1 is not keyId:base64'],
    [secret(), 'key 1 is not keyId:base64'],
    [`a:${secret()},,b:${secret()}`, 'key 2 is not keyId:base64'],
    [`a b:${secret()}`, 'key 1 is not keyId:base64'],
    [`${'a'.repeat(65)}:${secret()}`, 'key 1 is not keyId:base64'],
    ['a:AAA=A', 'key 1 is not keyId:base64'],
    ['a:AAAAA', 'key 1 is not base64'],
    [`a:${secret()},b:c2hvcnQ=`, 'key 2: expected base64 of 32 bytes'],
    [`a:${secret()},a:${secret()}`, 'key 2 has the id of an earlier one'],
    [Array.from({ length: 65 }, (_, at) => `${at}:${secret()}`).join(), '65 keys, expected at most 64'],
    ['a'.repeat(32_769), 'more than 32768 bytes'],
  ])('is refused with what is wrong and no value: %#', (text, message) => {
    expect(() => parseKeyRing(text, keyKinds.secret)).toThrow(message);
  });

  it('is refused where it has a key twice', () => {
    const same = secret();
    expect(() => parseKeyRing(`a:${same},b:${same}`, keyKinds.secret)).toThrow('key 2 is the same as an earlier one');
  });

  it('shows no key', () => {
    const key = secret();
    const ring = parseKeyRing(`a:${key}`, keyKinds.secret);
    const shown = inspect(ring, { depth: 9, showHidden: true }) + JSON.stringify(ring);
    expect(shown).toContain('a');
    expect(shown).not.toContain(key);
    expect(shown).not.toContain(Buffer.from(key, 'base64').toString('hex').slice(0, 16));
  });
});

describe('the kinds of keys', () => {
  const [seal, receipt] = [pair('x25519'), pair('ed25519')];

  it.each([
    ['sealPublic', seal.publicKey, true],
    ['sealPublic', seal.privateKey, false],
    ['sealPublic', receipt.publicKey, false],
    ['sealPrivate', seal.privateKey, true],
    ['sealPrivate', seal.publicKey, false],
    ['receipt', receipt.privateKey, true],
    ['receipt', receipt.publicKey, false],
    ['receipt', seal.privateKey, false],
  ] as const)('%s is told from the others: %#', (kind, base64, isTaken) => {
    const read = () => parseKeyRing(`a:${base64}`, keyKinds[kind]).active.keyId;
    expect(isTaken ? read() : expect(read).toThrow('key 1: expected')).toBe(isTaken ? 'a' : undefined);
  });

  it('a receipt key that is retired has its public half alone', () => {
    const ring = parseKeyRing(`b:${receipt.privateKey},a:${pair('ed25519').publicKey}`, keyKinds.receipt);
    expect(ring.keyIds).toEqual(['b', 'a']);
  });
});
