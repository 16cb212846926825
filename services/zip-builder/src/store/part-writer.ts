import { MIB } from '@account-backups/contracts';
import { MIN_PART_BYTES, type ObjectStore, type PartRef, type UploadRef } from '@account-backups/object-store';
import { discard } from '@account-backups/zip';
import { sharedSha256 } from './threaded-sha256.js';
import { copyShared, type SharedBytes } from './shared-bytes.js';

export interface WrittenParts {
  readonly parts: readonly PartRef[];
  /** All of it, when it was smaller than a part may be; else empty. */
  readonly tail: Buffer;
  readonly sizeBytes: number;
}

export interface PartRun extends UploadRef {
  readonly firstPart: number;
  readonly partBytes: number;
  /** Whether this run ends the upload, whose last part may be small. */
  readonly endsUpload: boolean;
  /** Whether nobody else uses the memory of the stream's chunks, so that it is freed as soon as they are copied. */
  readonly givesMemory: boolean;
}

/** Up to this a part is held in memory while it goes out. A larger one is streamed. */
export const MAX_HELD_PART_BYTES = 16 * MIB;

/**
 * Writes a byte stream into consecutive parts of an upload: each of `partBytes`, the last one up to 5 MiB more, none
 * below 5 MiB. Memory: one part, used again. While a part goes out the stream waits: other segments go on meanwhile,
 * and a second part for each would be the largest share of a builder's memory.
 */
export async function writeParts(
  store: ObjectStore,
  { key, uploadId, firstPart, partBytes, endsUpload, givesMemory }: PartRun,
  bytes: AsyncIterable<Buffer>,
): Promise<WrittenParts> {
  const room = new PartRoom(partBytes + MIN_PART_BYTES);
  const parts: PartRef[] = [];
  const send = async (filled: SharedBytes): Promise<void> => {
    const content = Buffer.from(filled.buffer, filled.byteOffset, filled.length);
    const part = { key, uploadId, partNumber: firstPart + parts.length, content, sha256: () => sharedSha256(filled) };
    const { partNumber, etag } = await store.putPart(part);
    parts.push({ partNumber, etag });
  };
  let sizeBytes = 0;
  try {
    for await (const chunk of bytes) {
      sizeBytes += chunk.length;
      for (let left = room.add(chunk); room.isFull; left = room.add(left)) {
        await send(room.content.subarray(0, partBytes));
        room.drop(partBytes);
      }
      if (givesMemory) discard(chunk);
    }
    const left = room.content;
    const isPart = left.length >= MIN_PART_BYTES || (endsUpload && left.length > 0);
    if (isPart) await send(left);
    return { parts, tail: isPart ? Buffer.alloc(0) : Buffer.from(left), sizeBytes };
  } finally {
    room.giveBack();
  }
}

// Memory that no segment uses at the moment. Allocated for each segment, it would stay until the next full collection.
const spare: SharedBytes[] = [];
const MAX_SPARE = 2;

/** Room for a part and what may be appended to it, in memory that the hashing thread shares. */
class PartRoom {
  private readonly memory: SharedBytes;
  private filledBytes = 0;

  constructor(sizeBytes: number) {
    const fitting = spare.findIndex(({ length }) => length === sizeBytes);
    const [found] = fitting < 0 ? [] : spare.splice(fitting, 1);
    this.memory = found ?? new Uint8Array(new SharedArrayBuffer(sizeBytes));
  }

  get isFull(): boolean {
    return this.filledBytes === this.memory.length;
  }

  get content(): SharedBytes {
    return this.memory.subarray(0, this.filledBytes);
  }

  /** Takes what there is room for and returns the rest. */
  add(chunk: Buffer): Buffer {
    const taken = copyShared(chunk, this.memory, this.filledBytes);
    this.filledBytes += taken;
    return chunk.subarray(taken);
  }

  /** Forgets the beginning, which is no shorter than what stays. */
  drop(sizeBytes: number): void {
    this.filledBytes = copyShared(this.memory.subarray(sizeBytes, this.filledBytes), this.memory, 0);
  }

  /** Must not be used afterwards. */
  giveBack(): void {
    spare.unshift(this.memory);
    spare.splice(MAX_SPARE);
  }
}
