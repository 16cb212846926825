// A part's file is its content followed by a seal of twelve bytes: size and CRC-32. One rename replaces both, so two
// processes that put the same part never mix.
import { open, type FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { AppError, MIB } from '@account-backups/contracts';
import type { StoredPart } from '../object-store.js';

const SEAL_BYTES = 12;
const COPY_BYTES = MIB;

interface PartSeal {
  readonly partNumber: number;
  readonly sizeBytes: number;
  readonly crc: number;
}

/** Ends a part's file with its seal. */
export async function sealPart(file: FileHandle, seal: PartSeal): Promise<StoredPart> {
  const bytes = Buffer.alloc(SEAL_BYTES);
  bytes.writeBigUInt64BE(BigInt(seal.sizeBytes), 0);
  bytes.writeUInt32BE(seal.crc, 8);
  await file.writeFile(bytes);
  return storedPart(seal);
}

/** Reads the seal; a file that was cut off is `OBJECT_CORRUPT`. */
export async function readPartSeal(path: string, partNumber: number): Promise<StoredPart> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const bytes = Buffer.alloc(SEAL_BYTES);
    await file.read(bytes, 0, SEAL_BYTES, Math.max(0, size - SEAL_BYTES));
    const sizeBytes = Number(bytes.readBigUInt64BE(0));
    if (sizeBytes + SEAL_BYTES !== size) throw damaged(partNumber);
    return storedPart({ partNumber, sizeBytes, crc: bytes.readUInt32BE(8) });
  } finally {
    await file.close();
  }
}

/** Appends a part's content to `target`; content that no longer fits its etag is `OBJECT_CORRUPT`. */
export async function copyPart(source: FileHandle, target: FileHandle, part: StoredPart): Promise<void> {
  const buffer = Buffer.allocUnsafe(COPY_BYTES);
  let crc = 0;
  let copied = 0;
  while (copied < part.sizeBytes) {
    const { bytesRead } = await source.read(buffer, 0, Math.min(COPY_BYTES, part.sizeBytes - copied), copied);
    if (bytesRead === 0) throw damaged(part.partNumber);
    const block = buffer.subarray(0, bytesRead);
    crc = crc32(block, crc);
    await target.writeFile(block);
    copied += bytesRead;
  }
  if (storedPart({ ...part, crc }).etag !== part.etag) throw damaged(part.partNumber);
}

function storedPart({ partNumber, sizeBytes, crc }: PartSeal): StoredPart {
  return { partNumber, sizeBytes, etag: `${crc.toString(16).padStart(8, '0')}-${sizeBytes.toString(16)}` };
}

function damaged(partNumber: number): AppError {
  return new AppError('OBJECT_CORRUPT', `part ${partNumber} is damaged, expected content that fits its seal`);
}
