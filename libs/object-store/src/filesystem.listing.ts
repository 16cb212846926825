import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isAbsent } from './filesystem.error.js';
import type { ListedObject, ListOptions } from './object-store.js';

interface Walk {
  readonly root: string;
  readonly prefix: string;
  readonly after: string;
}

/** The objects below `root` by ascending key; opens only folders that can hold an answer. */
export async function* listFiles(
  root: string,
  prefix: string,
  options: ListOptions = {},
): AsyncGenerator<ListedObject, void> {
  let left = options.limit ?? Infinity;
  if (left <= 0) return;
  for await (const object of walk({ root, prefix, after: options.after ?? '' }, '')) {
    yield object;
    left -= 1;
    if (left === 0) return;
  }
}

async function* walk(search: Walk, folderKey: string): AsyncGenerator<ListedObject, void> {
  for (const key of await sortedKeys(search.root, folderKey)) {
    if (key.endsWith('/')) {
      if (mayHold(search, key)) yield* walk(search, key);
      continue;
    }
    if (key <= search.after || !key.startsWith(search.prefix)) continue;
    const found = await unlessAbsent(stat(join(search.root, key)));
    if (found) yield { key, sizeBytes: found.size, lastModified: found.mtime };
  }
}

// A folder sorts with its slash, as its keys do: `a-b` comes before `a/b`.
async function sortedKeys(root: string, folderKey: string): Promise<readonly string[]> {
  const entries = await unlessAbsent(readdir(join(root, folderKey), { withFileTypes: true }));
  const keys = (entries ?? []).map((entry) => `${folderKey}${entry.name}${entry.isDirectory() ? '/' : ''}`);
  return keys.toSorted((a, b) => (a < b ? -1 : 1));
}

function mayHold({ prefix, after }: Walk, folderKey: string): boolean {
  const behind = folderKey > after || after.startsWith(folderKey);
  return behind && (folderKey.startsWith(prefix) || prefix.startsWith(folderKey));
}

// What another process removes during the walk is simply not there.
async function unlessAbsent<T>(found: Promise<T>): Promise<T | null> {
  try {
    return await found;
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}
