import { AE2_OVERHEAD_BYTES, encryptAe2, encryptAe2Frame } from '../aes/ae2.js';
import { contentOf, frameOf, newFrame, type Frame } from '../aes/frame.js';
import { deflatedIfSmaller, isDenseFormat, SAMPLE_BYTES, shrinks } from '../deflate/compression-choice.js';
import { deflated } from '../deflate/deflate.js';
import { maxLocalHeaderBytes } from '../format/entry-header.js';
import { checkSource, verifiedContent, type EntrySource } from './entry-source.js';
import { readyEntry, type Payload, type PreparedEntry } from './prepared-entry.js';
import { MIB } from '../format/sizes.js';
import { ZipError } from '../format/zip-error.js';
import { checkPassword } from '../format/zip-password.js';

export interface PrepareOptions {
  /** Encrypts with AES-256 (AE-2) when given: 1 to 99 bytes in UTF-8. */
  readonly password?: string;
  /** `auto` deflates a content when a sample of it shrinks; `store` never deflates. Default `auto`. */
  readonly compression?: 'auto' | 'store';
  /** A content up to this size is read, checked and kept in memory. Default 8 MiB. */
  readonly bufferBytes?: number;
}

interface Shrunk {
  readonly sizeBytes: number;
  readonly content: Buffer | undefined;
}

export const DEFAULT_BUFFER_BYTES = 8 * MIB;

/**
 * Settles an entry's method and sizes. A content up to `bufferBytes` is read, checked and encrypted here, so a bad
 * source throws before anything has been written. A larger one is read here only when it deflates, to learn its
 * compressed size: a result up to `bufferBytes` is kept, a larger one is deflated again when it is written. A larger
 * one that is stored is read and checked while `bytes()` runs. Throws `INVALID_NAME`, `INVALID_ENTRY`,
 * `INVALID_PASSWORD` and the errors of `verifiedContent`.
 */
export async function prepareEntry(source: EntrySource, options: PrepareOptions = {}): Promise<PreparedEntry> {
  checkSource(source);
  // Checked before the content is read: a bad password is not the fault of a source.
  if (options.password !== undefined) checkPassword(options.password);
  const plain = await choosePayload(source, options);
  // An empty file has nothing to hide, and some readers have failed on encrypted ones.
  const encrypted = options.password !== undefined && source.sizeBytes > 0;
  const mayTake = plain.method === 'deflate' || source.givesMemory === true;
  const payload = encrypted ? await encryptedPayload(plain, options.password, mayTake) : plain;
  const facts = {
    name: source.name,
    method: payload.method,
    crc32: source.crc32,
    compressedSizeBytes: payload.sizeBytes,
    sizeBytes: source.sizeBytes,
    modifiedAt: isoTime(source),
    encrypted,
  };
  return readyEntry(facts, payload);
}

async function encryptedPayload(plain: Payload, password: string, mayTake: boolean): Promise<Payload> {
  const { content } = plain;
  const sizeBytes = plain.sizeBytes + AE2_OVERHEAD_BYTES;
  if (typeof content === 'function')
    return { ...plain, sizeBytes, givesMemory: true, content: () => encryptAe2(password, content(), mayTake) };
  return { ...plain, sizeBytes, content: await encryptAe2Frame(password, content) };
}

function isoTime({ name, modifiedAt }: EntrySource): string {
  if (!Number.isNaN(modifiedAt.getTime())) return modifiedAt.toISOString();
  throw new ZipError('INVALID_ENTRY', `modifiedAt of ${name} is not a time`, { entryName: name });
}

function choosePayload(source: EntrySource, options: PrepareOptions): Promise<Payload> {
  const mayShrink = options.compression !== 'store' && !isDenseFormat(source.name, source.mediaType);
  if (source.sizeBytes <= (options.bufferBytes ?? DEFAULT_BUFFER_BYTES)) return bufferedPayload(source, mayShrink);
  return streamedPayload(source, mayShrink, options);
}

async function bufferedPayload(source: EntrySource, mayShrink: boolean): Promise<Payload> {
  const leadBytes = maxLocalHeaderBytes(source.name);
  const frame = newFrame(source.sizeBytes, leadBytes);
  const content = contentOf(frame);
  let filled = 0;
  for await (const chunk of verifiedContent(source)) filled += chunk.copy(content, filled);
  const smaller = mayShrink ? await deflatedIfSmaller(content) : undefined;
  return smaller ? inMemory('deflate', frameOf(smaller, leadBytes)) : inMemory('store', frame);
}

function inMemory(method: Payload['method'], content: Frame): Payload {
  return { method, sizeBytes: content.length, verified: true, givesMemory: true, content };
}

async function streamedPayload(source: EntrySource, mayShrink: boolean, options: PrepareOptions): Promise<Payload> {
  const keepBytes = options.bufferBytes ?? DEFAULT_BUFFER_BYTES;
  const stored = {
    method: 'store',
    sizeBytes: source.sizeBytes,
    givesMemory: source.givesMemory === true,
    content: () => verifiedContent(source),
  } as const;
  if (mayShrink && (await shrinks(await firstSample(source)))) {
    const shrunk = await deflatedOnce(verifiedContent(source), keepBytes);
    if (shrunk.sizeBytes >= source.sizeBytes) return { ...stored, verified: true };
    if (shrunk.content) return inMemory('deflate', frameOf(shrunk.content, maxLocalHeaderBytes(source.name)));
    return {
      method: 'deflate',
      sizeBytes: shrunk.sizeBytes,
      verified: true,
      givesMemory: true,
      content: () => deflated(verifiedContent(source)),
    };
  }
  return { ...stored, verified: false };
}

// Keeps a result up to `keepBytes`, so it need not be deflated again.
async function deflatedOnce(content: AsyncIterable<Buffer>, keepBytes: number): Promise<Shrunk> {
  const kept: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of deflated(content)) {
    sizeBytes += chunk.length;
    if (sizeBytes <= keepBytes) kept.push(chunk);
    else kept.length = 0;
  }
  return { sizeBytes, content: sizeBytes <= keepBytes ? Buffer.concat(kept, sizeBytes) : undefined };
}

async function firstSample(source: EntrySource): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of verifiedContent(source)) {
    chunks.push(chunk);
    sizeBytes += chunk.length;
    if (sizeBytes >= SAMPLE_BYTES) break;
  }
  return Buffer.concat(chunks, sizeBytes);
}
