import type { ObjectStore } from '@account-backups/object-store';
import { mapInOrder, type DeflatedPiece } from '@account-backups/zip';
import type { TextRows } from './growing-texts.js';
import type { BuiltSegment } from './segment.entity.js';
import { storedBytes } from './stored-bytes.js';

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

const READ_AHEAD_BYTES = 16 * 1_048_576;
const READ_AHEAD = 16;

/** Pieces as the segments' builders stored them, several fetched ahead. Memory: 16 MiB, or one piece. */
export function storedPieces(store: ObjectStore, segments: readonly BuiltSegment[], signal: AbortSignal): TextPieces {
  const placesOf = (index: number) =>
    segments
      .map(({ result }) => ({ key: result.textsKey, ...placeOf(result.texts, index) }))
      .filter(({ start, end }) => end > start);
  const limits = {
    concurrency: READ_AHEAD,
    budget: READ_AHEAD_BYTES,
    costOf: ({ start, end }: Place) => end - start,
  };
  return {
    of: (index) => segments.flatMap(({ result }) => result.texts.slice(index, index + 1)),
    deflated: (index) =>
      mapInOrder(
        placesOf(index),
        ({ key, start, end }) => storedBytes(store, key, { range: { start, end: end - 1 }, signal }),
        limits,
      ),
  };
}

interface Place {
  readonly start: number;
  readonly end: number;
}

function placeOf(pieces: readonly DeflatedPiece[], index: number): Place {
  const start = pieces.slice(0, index).reduce((sum, { deflatedSizeBytes }) => sum + deflatedSizeBytes, 0);
  return { start, end: start + (pieces[index]?.deflatedSizeBytes ?? 0) };
}
