import { type ByteRange, MIB, sizeOf } from '@account-backups/contracts';
import type { ObjectStore } from '@account-backups/object-store';
import { mapInOrder, type DeflatedPiece } from '@account-backups/zip';
import type { TextRows } from './growing-texts.js';
import type { BuiltSegment } from '../builds/segment.entity.js';
import { storedBytes } from '../store/stored-bytes.js';

/** The rows that the segments of an archive add to its growing texts; `index` as in `growingTexts`. */
export interface TextPieces {
  of(index: number): readonly DeflatedPiece[];
  /** The deflated pieces in order, each one whole. */
  deflated(index: number): AsyncIterable<Buffer>;
}

/** Pieces of an archive that is made in one go. */
export function heldPieces({ pieces, deflated }: TextRows): TextPieces {
  return {
    of: (index) => pieces.slice(index, index + 1),
    deflated: async function* one(index) {
      const { start, end } = placeOf(pieces, index);
      if (end > start) yield deflated.subarray(start, end);
    },
  };
}

/** Memory for what is fetched ahead, and for all texts of an archive that are held. */
const MAX_TEXT_BYTES = 8 * MIB;
const READ_AHEAD = 16;

/**
 * The pieces that were stored with the segments. When all of them fit into 8 MiB, those of a segment are fetched
 * together beforehand; else each is fetched when its text is written, several ahead. Memory: 8 MiB, or one piece.
 */
export function storedPieces(store: ObjectStore, segments: readonly BuiltSegment[], signal: AbortSignal): TextPieces {
  const stored = segments
    .map(({ result }) => ({
      key: result.textsKey,
      pieces: result.texts,
      sizeBytes: placeOf(result.texts, Infinity).end,
    }))
    .filter(({ sizeBytes }) => sizeBytes > 0);
  const fetched: Fetch = (places) =>
    mapInOrder(
      places.filter((place) => sizeOf(place) > 0),
      ({ key, start, end }) => storedBytes(store, key, { range: { start, end }, signal }),
      { concurrency: READ_AHEAD, budget: MAX_TEXT_BYTES, costOf: sizeOf },
    );
  const isHeld = stored.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) <= MAX_TEXT_BYTES;
  return {
    of: (index) => segments.flatMap(({ result }) => result.texts.slice(index, index + 1)),
    deflated: isHeld
      ? heldTexts(stored, fetched)
      : (index) => fetched(stored.map(({ key, pieces }) => ({ key, ...placeOf(pieces, index) }))),
  };
}

/** What one segment adds to all texts, in one object. */
interface StoredTexts {
  readonly key: string;
  readonly pieces: readonly DeflatedPiece[];
  readonly sizeBytes: number;
}

type Fetch = (places: readonly (ByteRange & { readonly key: string })[]) => AsyncIterable<Buffer>;

function heldTexts(stored: readonly StoredTexts[], fetched: Fetch): TextPieces['deflated'] {
  const objects = collected(fetched(stored.map(({ key, sizeBytes }) => ({ key, start: 0, end: sizeBytes }))));
  // Thrown where they are awaited.
  objects.catch(() => undefined);
  return async function* held(index) {
    for (const [number, object] of (await objects).entries()) {
      const { start, end } = placeOf(stored[number]?.pieces ?? [], index);
      if (end > start) yield object.subarray(start, end);
    }
  };
}

async function collected(chunks: AsyncIterable<Buffer>): Promise<readonly Buffer[]> {
  const all: Buffer[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return all;
}

/** Where the piece of a text lies; for an index beyond the last, an empty range at the end. */
function placeOf(pieces: readonly DeflatedPiece[], index: number): ByteRange {
  const start = pieces.slice(0, index).reduce((sum, { deflatedSizeBytes }) => sum + deflatedSizeBytes, 0);
  return { start, end: start + (pieces[index]?.deflatedSizeBytes ?? 0) };
}
