import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { AppError, MIB } from '@account-backups/contracts';

const compress = promisify(gzip);
const expand = promisify(gunzip);

const COMPRESS_ABOVE_BYTES = 65_536;
/** RabbitMQ 4 takes no more by default: it closes the sender's channel, and with it everything under way there. */
const MAX_SENT_BYTES = 16 * MIB;
/** Twice the largest body that the gateway takes: defaults are filled in on the way. */
const MAX_PLAIN_BYTES = 128 * MIB;

export interface EncodedBody {
  readonly content: Buffer;
  readonly contentEncoding?: 'gzip';
}

/** The body of an answer: one of the two is set. */
export interface ReplyBody {
  readonly reply?: unknown;
  readonly error?: unknown;
}

/**
 * JSON as bytes, compressed above 64 KiB: JSON shrinks to a tenth. Throws `MESSAGE_INVALID` for what is no JSON, and
 * `PAYLOAD_TOO_LARGE` for more than 128 MiB of it or, once it is compressed, more than the 16 MiB that a broker takes.
 */
export async function encodeBody(value: unknown): Promise<EncodedBody> {
  const plain = asJson(value);
  if (plain.length <= COMPRESS_ABOVE_BYTES) return { content: plain };
  if (plain.length > MAX_PLAIN_BYTES) throw tooLarge(plain.length, MAX_PLAIN_BYTES);
  const content = await compress(plain, { level: 1 });
  if (content.length > MAX_SENT_BYTES) throw tooLarge(content.length, MAX_SENT_BYTES);
  return { content, contentEncoding: 'gzip' };
}

/** Reads what `encodeBody` wrote; throws `MESSAGE_INVALID` for anything else, and for more than 128 MiB of JSON. */
export async function decodeBody(content: Buffer, contentEncoding: unknown): Promise<unknown> {
  try {
    const plain = contentEncoding === 'gzip' ? await expand(content, { maxOutputLength: MAX_PLAIN_BYTES }) : content;
    return JSON.parse(plain.toString('utf8'));
  } catch (cause) {
    throw new AppError('MESSAGE_INVALID', 'the body is not JSON, or too large', { cause });
  }
}

function asJson(value: unknown): Buffer {
  try {
    return Buffer.from(JSON.stringify(value ?? null));
  } catch (cause) {
    throw new AppError('MESSAGE_INVALID', 'the body cannot be written as JSON', { cause });
  }
}

function tooLarge(sizeBytes: number, limitBytes: number): AppError {
  return new AppError('PAYLOAD_TOO_LARGE', `the body has ${sizeBytes} bytes, expected at most ${limitBytes}`);
}
