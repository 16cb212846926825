import { crc32 } from 'node:zlib';
import {
  AE2_BYTES,
  AE2_OVERHEAD_BYTES,
  authenticateAe2,
  decryptAe2,
  deriveAe2Key,
  decryptAe2Payload,
  type Ae2Key,
} from '../aes/ae2.js';
import { inflated } from '../deflate/deflate.js';
import { joinedChunks } from '../streams/joined-chunks.js';
import type { EntryRecord } from '../format/entry-record.js';
import { rangeChunks, rangesOfBytes, readExactly, type ReadRange } from './range-reader.js';
import { ZipError, type ZipErrorCode } from '../format/zip-error.js';

/** Where an entry's payload lies and what its headers say. */
interface PlacedPayload {
  readonly readRange: ReadRange;
  readonly offset: number;
  readonly header: EntryRecord;
}

/** The checked content of a payload; see `ZipReader.content`. */
export async function* readContent(payload: PlacedPayload, password?: string): AsyncGenerator<Buffer> {
  const key = payload.header.encrypted ? await keyOf(payload, password) : undefined;
  const plain = key ? decryptAe2(key, authenticated(payload, key)) : summed(payload);
  if (payload.header.method === 'store') return yield* checked(payload.header, plain);
  try {
    yield* checked(payload.header, inflated(plain));
  } catch (cause) {
    if (ZipError.is(cause)) throw cause;
    // Tampered ciphertext mostly breaks inflation before the authentication code is reached: check that first.
    if (key) for await (const _chunk of authenticated(payload, key)) continue;
    const entryName = payload.header.name;
    throw new ZipError('BAD_COMPRESSION', `entry ${entryName} cannot be inflated`, { cause, entryName });
  }
}

/** The whole checked content of a payload in memory. */
export async function heldContent(payload: Buffer, header: EntryRecord, password?: string): Promise<Buffer> {
  const placed = { readRange: rangesOfBytes(payload), offset: 0, header };
  if (header.method === 'deflate') return joinedChunks(readContent(placed, password));
  const content = header.encrypted ? decryptAe2Payload(await keyOf(placed, password), payload, header.name) : payload;
  refuseUnlessWhole(header, content.length, header.encrypted ? 0 : crc32(content));
  return content;
}

const rangeOf = ({ readRange, offset, header }: PlacedPayload): [ReadRange, number, number] => [
  readRange,
  offset,
  header.compressedSizeBytes,
];

// Only this checksum shows a flipped bit that does not change the inflated content (`hasCompressedCrc32`).
async function* summed(payload: PlacedPayload): AsyncGenerator<Buffer> {
  const { header } = payload;
  let crc = 0;
  for await (const chunk of rangeChunks(...rangeOf(payload))) {
    if (header.compressedCrc32 !== undefined) crc = crc32(chunk, crc);
    yield chunk;
  }
  if (crc !== (header.compressedCrc32 ?? 0))
    throw failure('BAD_CRC', 'has compressed bytes that do not match their CRC-32', header);
}

async function keyOf({ readRange, offset, header }: PlacedPayload, password?: string): Promise<Ae2Key> {
  if (password === undefined) throw failure('PASSWORD_REQUIRED', 'is encrypted', header);
  if (header.compressedSizeBytes < AE2_OVERHEAD_BYTES) throw failure('BAD_SIZE', 'is too short for AE-2', header);
  const lead = await readExactly(readRange, offset, AE2_BYTES.salt + AE2_BYTES.verifier);
  const key = await deriveAe2Key(password, lead.subarray(0, AE2_BYTES.salt));
  if (key.verifier.equals(lead.subarray(AE2_BYTES.salt))) return key;
  throw failure('WRONG_PASSWORD', 'does not open with this password', header);
}

function authenticated({ readRange, offset, header }: PlacedPayload, key: Ae2Key): AsyncGenerator<Uint8Array> {
  const start = offset + AE2_BYTES.salt + AE2_BYTES.verifier;
  const length = header.compressedSizeBytes - AE2_OVERHEAD_BYTES;
  return authenticateAe2(key, rangeChunks(readRange, start, length), {
    entryName: header.name,
    code: () => readExactly(readRange, start + length, AE2_BYTES.authentication),
  });
}

async function* checked(header: EntryRecord, content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let sizeBytes = 0;
  let crc = 0;
  for await (const chunk of content) {
    sizeBytes += chunk.length;
    if (sizeBytes > header.sizeBytes) throw failure('BAD_SIZE', `has more than ${header.sizeBytes} bytes`, header);
    crc = crc32(chunk, crc);
    yield chunk;
  }
  refuseUnlessWhole(header, sizeBytes, crc);
}

function refuseUnlessWhole(header: EntryRecord, sizeBytes: number, crc: number): void {
  if (sizeBytes !== header.sizeBytes)
    throw failure('BAD_SIZE', `has ${sizeBytes}, not ${header.sizeBytes} bytes`, header);
  if (!header.encrypted && crc !== header.crc32) throw failure('BAD_CRC', 'does not match its CRC-32', header);
}

function failure(code: ZipErrorCode, fault: string, { name }: EntryRecord): ZipError {
  return new ZipError(code, `entry ${name} ${fault}`, { entryName: name });
}
