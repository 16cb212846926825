import { minPartBytes, type ObjectStore, type PartRef, type UploadRef } from '@account-backups/object-store';

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
}

/**
 * Writes a byte stream into consecutive parts of an upload: each of `partBytes`, the last one up to 5 MiB more, none
 * below 5 MiB. Memory: two parts, used again and again. One goes out while the other fills.
 */
export async function writeParts(
  store: ObjectStore,
  run: PartRun,
  bytes: AsyncIterable<Buffer>,
): Promise<WrittenParts> {
  const sender = new PartSender(store, run);
  let filling = new PartSlot(run.partBytes + minPartBytes);
  let spare = new PartSlot(run.partBytes + minPartBytes);
  let sizeBytes = 0;
  try {
    for await (const chunk of bytes) {
      sizeBytes += chunk.length;
      for (let left = filling.add(chunk); filling.isFull; left = filling.add(left)) {
        await sender.send(filling.content.subarray(0, run.partBytes));
        spare.restart(filling.content.subarray(run.partBytes));
        [filling, spare] = [spare, filling];
      }
    }
    const rest = filling.content;
    const restIsPart = rest.length >= minPartBytes || (run.endsUpload && rest.length > 0);
    if (restIsPart) await sender.send(rest);
    return { parts: await sender.finish(), rest: restIsPart ? Buffer.alloc(0) : Buffer.from(rest), sizeBytes };
  } finally {
    await sender.settled();
    for (const slot of [filling, spare]) slot.giveBack();
  }
}

/** Puts one part at a time; what it is given is its own until the next call. */
class PartSender {
  private readonly parts: PartRef[] = [];
  private underWay: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: ObjectStore,
    private readonly run: PartRun,
  ) {}

  async send(content: Buffer): Promise<void> {
    await this.underWay;
    const { key, uploadId, firstPart } = this.run;
    const part = { key, uploadId, partNumber: firstPart + this.parts.length, content };
    this.underWay = this.store.putPart(part).then(({ partNumber, etag }) => void this.parts.push({ partNumber, etag }));
    // Its failure is heard when it is awaited; until then it must not count as unheard.
    this.underWay.catch(() => undefined);
  }

  async finish(): Promise<readonly PartRef[]> {
    await this.underWay;
    return this.parts;
  }

  /** A part that came in late would take the place of one that a next attempt put. */
  async settled(): Promise<void> {
    await this.underWay.catch(() => undefined);
  }
}

// Rooms that no segment has at the moment: made anew for each, they would lie in memory until somebody collects them.
const spareRooms: Buffer[] = [];
const MOST_SPARE_ROOMS = 4;

/** Room for a part and what may be joined to it. */
class PartSlot {
  private readonly room: Buffer;
  private filledBytes = 0;

  constructor(sizeBytes: number) {
    const fitting = spareRooms.findIndex(({ length }) => length === sizeBytes);
    const [spare] = fitting < 0 ? [] : spareRooms.splice(fitting, 1);
    this.room = spare ?? Buffer.allocUnsafeSlow(sizeBytes);
  }

  get isFull(): boolean {
    return this.filledBytes === this.room.length;
  }

  get content(): Buffer {
    return this.room.subarray(0, this.filledBytes);
  }

  /** Takes what there is room for and gives what is left. */
  add(chunk: Buffer): Buffer {
    const taken = chunk.copy(this.room, this.filledBytes);
    this.filledBytes += taken;
    return chunk.subarray(taken);
  }

  /** The slot is not used afterwards. */
  giveBack(): void {
    spareRooms.unshift(this.room);
    spareRooms.splice(MOST_SPARE_ROOMS);
  }

  restart(beginning: Buffer): void {
    this.filledBytes = 0;
    this.add(beginning);
  }
}
