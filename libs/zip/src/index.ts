export { ZipError, type ZipErrorCode, type ZipErrorOptions } from './zip-error.js';
export type { CompressionMethod, EntryFacts, EntryRecord } from './entry-record.js';
export type { EntrySource } from './entry-source.js';
export type { PreparedEntry } from './prepared-entry.js';
export { deflated } from './deflate.js';
export { localHeader } from './entry-header.js';
export { encodeEntryName } from './entry-name.js';
export { sourceOfBytes } from './bytes-source.js';
export { prepareEntry, type PrepareOptions } from './prepare-entry.js';
export { prepareJoined, type JoinedSource } from './prepare-joined.js';
export { inflatedPiece, joinedPieces, PieceDeflater, type DeflatedPiece } from './deflated-piece.js';
export { discard } from './discard.js';
export { prepareInOrder, type PrefetchOptions, type Preparation } from './prepare-in-order.js';
export { mapInOrder, type MapLimits } from './map-in-order.js';
export { SegmentWriter } from './segment-writer.js';
export { centralDirectory, type PlacedRecord } from './central-directory.js';
export { placed, writeArchive } from './archive-writer.js';
export { writeArchiveFile } from './archive-file.js';
export { rangesOfBytes, rangesOfFile, type PositionedFile, type ReadRange } from './range-reader.js';
export { ZipReader } from './zip-reader.js';
export {
  ArchiveSize,
  centralDirectorySize,
  entrySize,
  recordSize,
  segmentSize,
  type EntryShape,
} from './size-prediction.js';
export { checkPassword, MAX_PASSWORD_BYTES } from './zip-password.js';
