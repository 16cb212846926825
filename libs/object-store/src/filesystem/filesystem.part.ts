// A part's file is its content and a seal of twelve bytes: size and CRC-32. Content and seal are replaced by
// one rename, so two processes that put the same part never mix.
import { open, type FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { AppError } from '@account-backups/contracts';
import type { StoredPart } from './object-store.js';

const sealBytes = 12;
const copyBytes = 1024 * 1024;

interface PartSeal {
  readonly partNumber: number;
  readonly sizeBytes: number;
  readonly crc: number;
}

/** Ends a part's file with its seal. */
export async function sealPart(file: FileHandle, seal: PartSeal): Promise<StoredPart> {
  const bytes = Buffer.alloc(sealBytes);
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
    const bytes = Buffer.alloc(sealBytes);
    await file.read(bytes, 0, sealBytes, Math.max(0, size - sealBytes));
    const sizeBytes = Number(bytes.readBigUInt64BE(0));
    if (sizeBytes + sealBytes !== size) throw damaged(partNumber);
    return storedPart({ partNumber, sizeBytes, crc: bytes.readUInt32BE(8) });
  } finally {
    await file.close();
  }
}

/** Appends a part's content to `target`; content that no longer fits its etag is `OBJECT_CORRUPT`. */
export async function copyPart(source: FileHandle, target: FileHandle, part: StoredPart): Promise<void> {
  const buffer = Buffer.allocUnsafe(copyBytes);
  let crc = 0;
  let copied = 0;
  while (copied < part.sizeBytes) {
    const { bytesRead } = await source.read(buffer, 0, Math.min(copyBytes, part.sizeBytes - copied), copied);
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
