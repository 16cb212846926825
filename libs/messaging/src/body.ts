import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { AppError } from '@account-backups/contracts';

const compress = promisify(gzip);
const expand = promisify(gunzip);

const COMPRESS_ABOVE_BYTES = 65_536;
const MOST_BYTES = 128 * 1_048_576;

export interface EncodedBody {
  readonly content: Buffer;
  readonly contentEncoding?: 'gzip';
}

/** JSON as bytes, compressed above 64 KiB: brokers bound a message's size, and JSON shrinks to a tenth. */
export async function encodeBody(value: unknown): Promise<EncodedBody> {
  const plain = Buffer.from(JSON.stringify(value ?? null));
  if (plain.length <= COMPRESS_ABOVE_BYTES) return { content: plain };
  return { content: await compress(plain, { level: 1 }), contentEncoding: 'gzip' };
}

/** Reads what `encodeBody` made; throws `MESSAGE_INVALID` for anything else, and for more than 128 MiB of JSON. */
export async function decodeBody(content: Buffer, contentEncoding: unknown): Promise<unknown> {
  try {
    const plain = contentEncoding === 'gzip' ? await expand(content, { maxOutputLength: MOST_BYTES }) : content;
    return JSON.parse(plain.toString('utf8'));
  } catch (cause) {
    throw new AppError('MESSAGE_INVALID', 'the body is not JSON, or too large', { cause });
  }
}
