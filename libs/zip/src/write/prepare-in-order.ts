import { isDenseFormat } from '../deflate/compression-choice.js';
import type { EntrySource } from './entry-source.js';
import { mapInOrder } from '../streams/map-in-order.js';
import { DEFAULT_BUFFER_BYTES, prepareEntry, type PrepareOptions } from './prepare-entry.js';
import type { PreparedEntry } from './prepared-entry.js';
import { MIB } from '../format/sizes.js';
import { ZipError } from '../format/zip-error.js';

export interface PrefetchOptions extends PrepareOptions {
  /** Entries prepared at one time. Default 32. */
  readonly concurrency?: number;
  /** Contents held in memory at one time, in bytes. Default 64 MiB. */
  readonly budgetBytes?: number;
}

/** An entry ready to be emitted, or why its source is unusable. */
export type Preparation<S extends EntrySource = EntrySource> =
  | { readonly source: S; readonly entry: PreparedEntry; readonly error?: undefined }
  | { readonly source: S; readonly entry?: undefined; readonly error: ZipError };

/**
 * Prepares sources concurrently and yields the outcomes in order: a bad source is an outcome and does not end the run.
 * Throws only `INVALID_PASSWORD` and what the iterable of sources throws.
 */
export function prepareInOrder<S extends EntrySource>(
  sources: AsyncIterable<S> | Iterable<S>,
  options: PrefetchOptions = {},
): AsyncGenerator<Preparation<S>, void, undefined> {
  const bufferBytes = options.bufferBytes ?? DEFAULT_BUFFER_BYTES;
  return mapInOrder(sources, (source) => attempt(source, options), {
    concurrency: options.concurrency ?? 32,
    budget: options.budgetBytes ?? 64 * MIB,
    costOf: (source) => (isHeld(source, options) ? Math.min(source.sizeBytes, bufferBytes) : 0),
  });
}

// A large content is held only in its deflated form, and only up to `bufferBytes`.
function isHeld({ sizeBytes, name, mediaType }: EntrySource, options: PrepareOptions): boolean {
  if (sizeBytes <= (options.bufferBytes ?? DEFAULT_BUFFER_BYTES)) return true;
  return options.compression !== 'store' && !isDenseFormat(name, mediaType);
}

async function attempt<S extends EntrySource>(source: S, options: PrepareOptions): Promise<Preparation<S>> {
  try {
    return { source, entry: await prepareEntry(source, options) };
  } catch (error) {
    if (!ZipError.is(error) || error.code === 'INVALID_PASSWORD') throw error;
    return { source, error };
  }
}
