import { setTimeout as rest } from 'node:timers/promises';
import type { ObjectStore } from '@account-backups/object-store';
import type { PlannedSource } from './segment-sources.js';

const RESTS_MS = [500, 2_000];

/**
 * Reads a content that broke off twice more. Resolves when it breaks off each time although the store is well: then the
 * content itself is bad. Throws the store's error when the store is away, and `ContentCameBack` when the content can be
 * read after all.
 */
export async function refuseIfReadable(store: ObjectStore, source: PlannedSource, signal: AbortSignal): Promise<void> {
  for (const restMs of RESTS_MS) {
    await store.check();
    await rest(restMs, undefined, { signal });
    if (await canBeRead(source)) throw new ContentCameBack(source.name);
    signal.throwIfAborted();
  }
  await store.check();
}

/**
 * Looks again for a content that was missing: the store may have been away between the question and the look at which
 * store it is. Throws the store's error when it is away, and `ContentCameBack` when the content can be read after all.
 */
export async function refuseUnlessLost(store: ObjectStore, source: PlannedSource): Promise<void> {
  await store.check();
  if (await canBeRead(source)) throw new ContentCameBack(source.name);
  await store.check();
}

async function canBeRead(source: PlannedSource): Promise<boolean> {
  try {
    for await (const _chunk of source.content()) continue;
    return true;
  } catch {
    return false; // The reason is known from the first time.
  }
}

/** A content could not be read and then could: the work must be tried again. */
class ContentCameBack extends Error {
  constructor(entryName: string) {
    super(`${entryName} could not be read at first and then could`);
    this.name = 'ContentCameBack';
  }
}
