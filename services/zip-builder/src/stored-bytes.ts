import type { GetOptions, ObjectStore } from '@account-backups/object-store';

/** A whole stored object, or a range of it, in memory. */
export async function storedBytes(store: ObjectStore, key: string, options: GetOptions = {}): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of (await store.get(key, options)) as AsyncIterable<Buffer>) chunks.push(chunk);
  const [first] = chunks;
  return chunks.length === 1 && first ? first : Buffer.concat(chunks);
}
