import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FilesystemLayout } from './filesystem.layout.js';

interface Wanted {
  readonly prefix: string;
  /** Keys up to this one are passed over. */
  readonly after: string;
}

/** The keys of the wanted objects, ascending; opens only folders that can hold one. */
export async function* listFiles(
  layout: FilesystemLayout,
  wanted: Wanted,
  folderKey = '',
): AsyncGenerator<string, void> {
  const { prefix, after } = wanted;
  for (const key of await sortedKeys(layout, folderKey)) {
    if (!key.endsWith('/')) {
      if (key.startsWith(prefix) && key > after) yield key;
    } else if ((key.startsWith(prefix) || prefix.startsWith(key)) && (key > after || after.startsWith(key))) {
      yield* listFiles(layout, wanted, key);
    }
  }
}

// A folder sorts with its slash, as its keys do: `a-b` comes before `a/b`.
async function sortedKeys(layout: FilesystemLayout, folderKey: string): Promise<readonly string[]> {
  const folder = join(layout.objects, folderKey);
  // Another process may remove it during the walk.
  const entries = (await layout.found(() => readdir(folder, { withFileTypes: true }))) ?? [];
  const keys = entries.map((entry) => `${folderKey}${entry.name}${entry.isDirectory() ? '/' : ''}`);
  return keys.toSorted((a, b) => (a < b ? -1 : 1));
}
