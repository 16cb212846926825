import { minPartBytes, type ObjectStore, type PartRef, type UploadRef } from '@account-backups/object-store';
import { discard } from '@account-backups/zip';
import { sharedSha256 } from './sha256-thread.js';
import { copyShared, type SharedBytes } from './shared-bytes.js';

export interface WrittenParts {
  readonly parts: readonly PartRef[];
  /** What is left when all of it was smaller than a part may be. */
  readonly rest: Buffer;
  readonly sizeBytes: number;
}

export interface PartRun extends UploadRef {
  readonly firstPart: number;
  readonly partBytes: number;
  /** Whether the very last part may be small, as that of a whole upload may. */
  readonly endsUpload: boolean;
  /** Whether nobody else uses the memory of the stream's chunks: it is given back when they have been copied. */
  readonly givesMemory: boolean;
}

/**
 * Writes a byte stream into consecutive parts of an upload: each of `partBytes`, the last one up to 5 MiB more, none
 * below 5 MiB. Memory: one part, used again and again. While it goes out nothing is taken from the stream: another
 * segment that is in hand goes on, and a second part for each would be what a builder needs most memory for.
 */
export async function writeParts(
  store: ObjectStore,
  { key, uploadId, firstPart, partBytes, endsUpload, givesMemory }: PartRun,
  bytes: AsyncIterable<Buffer>,
): Promise<WrittenParts> {
  const room = new PartRoom(partBytes + minPartBytes);
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
    const rest = room.content;
    const restIsPart = rest.length >= minPartBytes || (endsUpload && rest.length > 0);
    if (restIsPart) await send(rest);
    return { parts, rest: restIsPart ? Buffer.alloc(0) : Buffer.from(rest), sizeBytes };
  } finally {
    room.giveBack();
  }
}

// Memory that no segment has at the moment: made anew for each, it would lie about until somebody collects it.
const spare: SharedBytes[] = [];
const MOST_SPARE = 2;

/** Room for a part and what may be joined to it; the thread that hashes sees it too. */
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

  /** Takes what there is room for and gives what is left. */
  add(chunk: Buffer): Buffer {
    const taken = copyShared(chunk, this.memory, this.filledBytes);
    this.filledBytes += taken;
    return chunk.subarray(taken);
  }

  /** Forgets the beginning, which is no shorter than what stays. */
  drop(sizeBytes: number): void {
    this.filledBytes = copyShared(this.memory.subarray(sizeBytes, this.filledBytes), this.memory, 0);
  }

  /** The room is not used afterwards. */
  giveBack(): void {
    spare.unshift(this.memory);
    spare.splice(MOST_SPARE);
  }
}
