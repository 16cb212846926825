import fc from 'fast-check';
import {
  archiveKey,
  backupPrefix,
  checkpointKey,
  checkpointSizeOf,
  fileKey,
  ownerOf,
  planKey,
  recordKey,
  tailKey,
  textsKey,
} from './keys.js';
import { assertObjectKey } from './object-key.js';
import { randomKeyPart } from './random-key-part.js';

const random = '0123456789abcdef0123456789abcdef';
const ids = fc.stringMatching(/^[A-Za-z0-9._:-]{1,64}$/);

describe('keys', () => {
  it('lie under the prefix of their account and backup', () => {
    expect(fileKey('acc', random)).toBe(`accounts/acc/files/01/${random}`);
    expect(archiveKey('acc', 'b1', random)).toBe(`accounts/acc/backups/b1/${random}/archive.zip`);
    expect(planKey({ accountId: 'acc', backupId: 'b1', random, ordinal: 7 })).toBe(
      `accounts/acc/backups/b1/${random}/plans/000007.ndjson`,
    );
    const attempt = { accountId: 'acc', backupId: 'b1', random, ordinal: 7, fence: 2 };
    const record = `accounts/acc/backups/b1/${random}/records/000007-2.json`;
    expect(recordKey(attempt)).toBe(record);
    expect(tailKey(attempt)).toBe(`${record}.tail`);
    expect(textsKey(attempt)).toBe(`${record}.texts`);
  });

  it('of checkpoints lie apart, in the order of their sizes', () => {
    const keys = [7, 42, Number.MAX_SAFE_INTEGER].map((size) => checkpointKey('acc', size));
    expect(keys[0]).toBe('audit/acc/0000000000000007.txt');
    expect(keys.toSorted()).toEqual(keys);
    expect(keys.map(checkpointSizeOf)).toEqual([7, 42, Number.MAX_SAFE_INTEGER]);
    expect(['audit/acc/7.txt', fileKey('acc', random)].map(checkpointSizeOf)).toEqual([null, null]);
    expect(() => assertObjectKey(checkpointKey('~system', 0))).not.toThrow();
  });

  it('differ for different ids, also where case is folded', () => {
    fc.assert(
      fc.property(ids, ids, (one, other) => {
        fc.pre(one !== other);
        expect(backupPrefix(one, 'b1').toLowerCase()).not.toBe(backupPrefix(other, 'b1').toLowerCase());
      }),
    );
  });

  it('are keys that every store takes, whatever the ids', () => {
    fc.assert(
      fc.property(ids, ids, (accountId, backupId) => {
        expect(() => assertObjectKey(archiveKey(accountId, backupId, random))).not.toThrow();
        expect(() => assertObjectKey(fileKey(accountId, random))).not.toThrow();
      }),
    );
  });

  it('tell whose they are', () => {
    fc.assert(
      fc.property(ids, ids, (accountId, backupId) => {
        expect(ownerOf(archiveKey(accountId, backupId, random))).toEqual({ kind: 'backup', accountId, backupId });
        expect(ownerOf(fileKey(accountId, random))).toEqual({ kind: 'content', accountId });
      }),
    );
    expect(['store.json', 'accounts/a', 'accounts/a/files', 'accounts/a/other/b/c'].map(ownerOf)).toEqual(
      Array.from({ length: 4 }, () => null),
    );
  });

  it('never let one account reach into another', () => {
    expect(backupPrefix('..', '..')).toBe('accounts/=2e=2e/backups/=2e=2e/');
    expect(backupPrefix('ab', 'b1').startsWith('accounts/a/')).toBe(false);
  });

  it.each(['', 'a/b', 'a b', 'é', 'x'.repeat(65)])('refuse the id %j', (id) => {
    expect(() => backupPrefix(id, 'b1')).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED' }));
  });

  it('refuse a random part that could be guessed, and do not show it', () => {
    expect(() => fileKey('acc', 'short-secret')).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED' }));
    expect(() => fileKey('acc', 'short-secret')).not.toThrow(/short-secret/);
  });

  it.each([-1, 0.5, Number.NaN])('refuse the ordinal %d', (ordinal) => {
    const make = () => planKey({ accountId: 'acc', backupId: 'b1', random, ordinal });
    expect(make).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED' }));
  });

  it('take a random part of 128 bits', () => {
    expect(randomKeyPart()).toMatch(/^[0-9a-f]{32}$/);
    expect(randomKeyPart()).not.toBe(randomKeyPart());
  });
});
