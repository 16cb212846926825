import { PassThrough, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { AppError } from '@account-backups/contracts';
import { digestCheck, digestsIn, type BodyDigest } from './body-digests.js';

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

const decoders = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
} as const;

/** More than a sender would use in earnest. */
const MAX_CODINGS = 3;

/**
 * The body as its headers mean it (RFC 9110, 9530): decoded by `Content-Encoding`, and failing at its end when it is
 * not what `Content-Digest` and `Repr-Digest` say. Throws `VALIDATION_FAILED` for a part of a body (`Content-Range`)
 * and for digests that cannot be read, `UNSUPPORTED_MEDIA_TYPE` for other codings and for forms of several parts.
 */
export function meantBody(headers: Headers, payload: Readable): Readable {
  if (headers['content-range'] !== undefined) throw refused('Content-Range', 'a whole body, without this header');
  if (/^multipart\//i.test(text(headers['content-type']).trim())) {
    throw new AppError('UNSUPPORTED_MEDIA_TYPE', 'content type multipart: expected the content itself');
  }
  const digests = digestsOf(headers);
  const codings = codingsOf(headers);
  const checked = digests.length > 0 ? through(payload, digestCheck(digests)) : payload;
  // Applied in the order in which they are listed, so taken off from the end.
  return codings.reduceRight((body, coding) => decoded(body, coding), checked);
}

/** Whether the sender says what the body must be. */
export function hasDigest(headers: Headers): boolean {
  return digestsOf(headers).length > 0;
}

function digestsOf(headers: Headers): readonly BodyDigest[] {
  // Both are of the same bytes: without Content-Range a body is its representation, codings included.
  return ['Content-Digest', 'Repr-Digest'].flatMap((name) => digestsIn(name, text(headers[name.toLowerCase()])));
}

function codingsOf(headers: Headers): readonly (keyof typeof decoders)[] {
  const named = text(headers['content-encoding'])
    .split(',')
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '' && coding !== 'identity');
  const known = named.filter((coding): coding is keyof typeof decoders => Object.hasOwn(decoders, coding));
  if (known.length === named.length && known.length <= MAX_CODINGS) return known;
  const expected = `expected identity, ${Object.keys(decoders).join(', ')}`;
  throw new AppError('UNSUPPORTED_MEDIA_TYPE', `content encoding ${named.join(', ').slice(0, 100)}: ${expected}`);
}

function decoded(source: Readable, coding: keyof typeof decoders): Readable {
  // A fault may come before anybody reads: whoever reads then gets it all the same.
  const body = new PassThrough().on('error', () => undefined);
  const decoder = decoders[coding]();
  decoder.on('error', () => body.destroy(refused('Content-Encoding', `a body in ${coding}`)));
  return through(source, decoder).pipe(body);
}

/** As `pipe`, with errors passed on; the source is read to its end, so that the refusal can still be sent. */
function through<T extends NodeJS.ReadWriteStream & { destroy(error?: Error): unknown }>(
  source: Readable,
  stage: T,
): T {
  source.once('error', (error) => stage.destroy(error));
  stage.on('error', () => source.resume());
  return source.pipe(stage);
}

function text(value: string | readonly string[] | undefined): string {
  return value === undefined ? '' : [value].flat().join(', ');
}

function refused(header: string, expected: string): AppError {
  return new AppError('VALIDATION_FAILED', `${header}: expected ${expected}`, {
    errors: [{ path: header, message: `expected ${expected}` }],
  });
}
