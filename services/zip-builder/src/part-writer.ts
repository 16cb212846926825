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

const PARTS_UNDER_WAY = 2;

/**
 * Writes a byte stream into consecutive parts of an upload: each of `partBytes`, the last one up to 5 MiB more, none
 * below 5 MiB. Memory: three parts. A part goes out while the next one fills.
 */
export async function writeParts(
  store: ObjectStore,
  run: PartRun,
  bytes: AsyncIterable<Buffer>,
): Promise<WrittenParts> {
  const uploads: Promise<PartRef>[] = [];
  let held: Buffer[] = [];
  let heldBytes = 0;
  let sizeBytes = 0;
  const send = async (content: Buffer) => {
    await uploads.at(-PARTS_UNDER_WAY);
    const upload = putPart(store, run, run.firstPart + uploads.length, content);
    // Its failure is heard when it is awaited; until then it must not count as unheard.
    upload.catch(() => undefined);
    uploads.push(upload);
  };
  for await (const chunk of bytes) {
    held.push(chunk);
    heldBytes += chunk.length;
    sizeBytes += chunk.length;
    if (heldBytes < run.partBytes + minPartBytes) continue;
    const all = Buffer.concat(held, heldBytes);
    await send(all.subarray(0, run.partBytes));
    held = [all.subarray(run.partBytes)];
    heldBytes -= run.partBytes;
  }
  const rest = Buffer.concat(held, heldBytes);
  const restIsPart = rest.length >= minPartBytes || (run.endsUpload && rest.length > 0);
  if (restIsPart) await send(rest);
  return { parts: await Promise.all(uploads), rest: restIsPart ? Buffer.alloc(0) : rest, sizeBytes };
}

async function putPart(store: ObjectStore, run: PartRun, partNumber: number, content: Buffer): Promise<PartRef> {
  const { key, uploadId } = run;
  const { etag } = await store.putPart({ key, uploadId, partNumber, content });
  return { partNumber, etag };
}
