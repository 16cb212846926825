import { MAX_PART_BYTES, MAX_PART_NUMBER, MIN_PART_BYTES } from '@account-backups/object-store';
import { AppError, MIB } from '@account-backups/contracts';
import type { PlannedSegment } from '../builds/planned-segment.js';
import { MAX_HELD_PART_BYTES } from '../store/part-writer.js';

/** How an archive of a known size is cut. */
interface Cut {
  /** A segment is closed when it reaches this. */
  readonly segmentBytes: number;
  readonly partBytes: number;
}

/** Larger parts save calls, smaller ones memory. */
const USUAL_PART_BYTES = 8 * MIB;
const PARTS_PER_SEGMENT = 4;
/** Longer segments waste fewer part numbers: what a very large archive does before its parts grow. */
const PARTS_PER_LONG_SEGMENT = 16;
/** Of 10,000 part numbers, these are for segments, with room for an account that grows while it is planned. */
const PARTS_TO_PLAN_WITH = 7_500;
/** Reserved for closing: metadata, index and central directory. */
const CLOSING_PARTS = 1_500;
const MAX_DOCUMENTS = 2_000;
/** What headers, names, encryption and the central directory add to a file, at most. */
const ENTRY_OVERHEAD_BYTES = 2_048;

/**
 * The cut of an archive of about `sizeBytes` in `fileCount` files, for segments of about `wishedBytes`: small parts
 * where they do, else longer segments, else larger parts. Throws `BUILD_TOO_LARGE` beyond parts of 5 GiB.
 */
export function cutFor({ sizeBytes, fileCount }: { sizeBytes: number; fileCount: number }, wishedBytes: number): Cut {
  const all = sizeBytes + fileCount * ENTRY_OVERHEAD_BYTES;
  const small = Math.max(MIN_PART_BYTES, Math.min(USUAL_PART_BYTES, Math.floor(wishedBytes / PARTS_PER_SEGMENT)));
  const needed = Math.ceil(neededBytes(all, PARTS_PER_SEGMENT) / MIB) * MIB;
  if (needed > MAX_PART_BYTES - MIN_PART_BYTES)
    throw new AppError('BUILD_TOO_LARGE', `an archive of ${all} bytes has too many parts`);
  const isLong = needed > MAX_HELD_PART_BYTES && neededBytes(all, PARTS_PER_LONG_SEGMENT) <= MAX_HELD_PART_BYTES;
  const partBytes = isLong ? MAX_HELD_PART_BYTES : Math.max(small, needed);
  const parts = isLong ? PARTS_PER_LONG_SEGMENT : PARTS_PER_SEGMENT;
  return { partBytes, segmentBytes: Math.max(wishedBytes, parts * partBytes) };
}

// Each segment reserves up to two part numbers more than its bytes fill.
function neededBytes(all: number, partsPerSegment: number): number {
  return (all * (1 + 2 / partsPerSegment)) / PARTS_TO_PLAN_WITH;
}

/** Packs documents, in the order they come, into segments. Holds sums only. */
export class SegmentPacker {
  private readonly packed: PlannedSegment[] = [];
  private documentCount = 0;
  private absentCount = 0;
  private fileCount = 0;
  private sizeBytes = 0;
  private nextPart = 1;

  constructor(private readonly cut: Cut) {}

  /** Adds a document to the segment at hand; true when that is full and `close` is due. */
  add(files: readonly { readonly sizeBytes: number }[]): boolean {
    this.documentCount += 1;
    this.fileCount += files.length;
    this.sizeBytes += files.reduce((sum, file) => sum + file.sizeBytes, 0);
    return this.isFull;
  }

  /** The same with a document that has no place in the archive: it counts nowhere, and takes its line of the plan. */
  addAbsent(): boolean {
    this.absentCount += 1;
    return this.isFull;
  }

  private get isFull(): boolean {
    return this.boundBytes >= this.cut.segmentBytes || this.documentCount + this.absentCount >= MAX_DOCUMENTS;
  }

  get isEmpty(): boolean {
    return this.documentCount + this.absentCount === 0;
  }

  /** How many bytes the segment at hand can come to, at most. */
  get boundBytes(): number {
    return this.sizeBytes + this.fileCount * ENTRY_OVERHEAD_BYTES;
  }

  /** Ends the segment at hand and reserves its part numbers. Throws `BUILD_TOO_LARGE` when these run out. */
  close(): PlannedSegment {
    const partCount = Math.floor(this.boundBytes / this.cut.partBytes) + 1;
    const segment = {
      number: this.packed.length,
      firstPart: this.nextPart,
      partCount,
      documentCount: this.documentCount,
      sizeBytes: this.sizeBytes,
    };
    this.nextPart += partCount;
    if (this.nextPart > MAX_PART_NUMBER - CLOSING_PARTS) {
      throw new AppError('BUILD_TOO_LARGE', `the archive outgrew its plan at segment ${segment.number}`);
    }
    this.packed.push(segment);
    this.documentCount = 0;
    this.absentCount = 0;
    this.fileCount = 0;
    this.sizeBytes = 0;
    return segment;
  }

  get segments(): readonly PlannedSegment[] {
    return this.packed;
  }

  /** The first part number that no segment has. */
  get closingPart(): number {
    return this.nextPart;
  }
}
