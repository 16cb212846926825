import { hostId, ownId } from '@account-backups/contracts';

/** What `provenance.json` says of an archive's origin; null where it does not. */
export interface Origin {
  readonly backupId: string | null;
  readonly accountId: string | null;
}

/** Both stand before anything long. */
const HEAD_BYTES = 65_536;

/** Reads no more of a `provenance.json` than its beginning, however long it is. Throws what its content does. */
export async function originOf(content: AsyncIterable<Uint8Array>): Promise<Origin> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of content) {
    chunks.push(Buffer.from(chunk));
    sizeBytes += chunk.length;
    if (sizeBytes >= HEAD_BYTES) break;
  }
  const head = Buffer.concat(chunks).subarray(0, HEAD_BYTES).toString();
  // inside a JSON string these quotes would be escaped
  const backupId = ownId.safeParse(/"backupId"\s*:\s*"([^"]*)"/.exec(head)?.[1]);
  const accountId = hostId.safeParse(/"account"\s*:\s*\{\s*"accountId"\s*:\s*"([^"]*)"/.exec(head)?.[1]);
  return { backupId: backupId.data ?? null, accountId: accountId.data ?? null };
}
