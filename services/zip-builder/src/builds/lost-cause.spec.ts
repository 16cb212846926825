import { AppError } from '@account-backups/contracts';
import { ZipError } from '@account-backups/zip';
import { attemptsFor, messageFor, MAX_ATTEMPTS } from './lost-cause.js';

describe('how often work is tried', () => {
  it.each([
    ['is larger than an archive may be', new AppError('BUILD_TOO_LARGE', 'x'), 1],
    ['counts wrongly', new AppError('ARCHIVE_COUNTS_DIFFER', 'x'), 1],
    ['holds a document that cannot be archived', new AppError('SOURCE_UNUSABLE', 'x'), 1],
    ['breaks a rule of the format', new ZipError('INVALID_PASSWORD', 'x'), 2],
    ['has a fault of ours', new TypeError('x is not a function'), 2],
    ['is not what was written', new AppError('ARCHIVE_UNREADABLE', 'x'), 3],
    ['broke off', new AppError('OBJECT_SOURCE_FAILED', 'x'), MAX_ATTEMPTS],
    ['met something unknown', new Error('ENOSPC'), MAX_ATTEMPTS],
  ])('when it %s: %#', (_, error, attempts) => {
    expect(attemptsFor(error)).toBe(attempts);
  });
});

describe('why a build failed', () => {
  it('names the document where one is to blame', () => {
    const details = { documentId: 'doc-7', index: 'SOP-007' };
    const message = messageFor(new AppError('SOURCE_UNUSABLE', 'it has two versions v1', { details }));
    expect(message).toContain('Document SOP-007 (doc-7)');
    expect(message).toContain('it has two versions v1');
  });

  it('says what differs in an archive that was read back', () => {
    const error = new AppError('ARCHIVE_UNREADABLE', 'read back, … : data/a.pdf does not match its CRC-32');
    expect(messageFor(error)).toContain('data/a.pdf does not match its CRC-32');
  });

  it('fits its message, whatever the names', () => {
    const details = { documentId: 'd'.repeat(64), index: 'i'.repeat(100) };
    const error = new AppError('SOURCE_UNUSABLE', 'x'.repeat(5_000), { details });
    expect(messageFor(error).length).toBeLessThanOrEqual(1_000);
  });
});
