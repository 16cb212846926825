import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';
import { AppError } from '@account-backups/contracts';
import { parseDictionary } from 'structured-headers';

const algorithms = { 'sha-256': 'sha256', 'sha-512': 'sha512' } as const;

export interface BodyDigest {
  readonly header: string;
  readonly algorithm: keyof typeof algorithms;
  readonly expected: Buffer;
}

/**
 * The digests of a `Content-Digest` or `Repr-Digest` (RFC 9530) that we can check; those of other algorithms are passed
 * over. Throws `VALIDATION_FAILED` for what cannot be read.
 */
export function digestsIn(header: string, value: string): readonly BodyDigest[] {
  if (value === '') return [];
  return [...membersOf(header, value)].flatMap(([name, [bytes]]) => {
    if (!isKnown(name)) return [];
    if (bytes instanceof ArrayBuffer) return [{ header, algorithm: name, expected: Buffer.from(bytes) }];
    throw unreadable(header);
  });
}

/** Passes a body through; fails at its end when it is not what the digests say. */
export function digestCheck(digests: readonly BodyDigest[]): Transform {
  const hashes = digests.map(({ algorithm }) => createHash(algorithms[algorithm]));
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      for (const hash of hashes) hash.update(chunk);
      done(null, chunk);
    },
    flush(done) {
      const wrong = digests.find(({ expected }, at) => !hashes[at]?.digest().equals(expected));
      done(wrong ? different(wrong) : null);
    },
  });
}

function membersOf(header: string, value: string) {
  try {
    return parseDictionary(value);
  } catch {
    throw unreadable(header);
  }
}

function isKnown(name: string): name is keyof typeof algorithms {
  return Object.hasOwn(algorithms, name);
}

function different({ header, algorithm }: BodyDigest): AppError {
  return new AppError('VALIDATION_FAILED', `the body is not the one of ${header}`, {
    errors: [{ path: header, message: `expected the ${algorithm} of the body` }],
  });
}

function unreadable(header: string): AppError {
  return new AppError('VALIDATION_FAILED', `${header} cannot be read`, {
    errors: [{ path: header, message: 'expected digests as of RFC 9530, such as sha-256=:…:' }],
  });
}
