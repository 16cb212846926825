import { fromDosTime, type DosTime } from './dos-time.js';
import type { TimeField } from './entry-record.js';
import { EXTRA_ID, extraField, FIELD_LEAD_BYTES } from './extra-fields.js';

const UNIX_BYTES = 5;
const HAS_MODIFICATION_TIME = 1;
const NTFS_BYTES = 32;
/** 4.5.5: the one attribute that is defined, three times of eight bytes. */
const NTFS_TIMES = { tag: 1, sizeBytes: 24 } as const;
const TICKS_PER_MS = 10_000n;
const EPOCH_FROM_1601_MS = 11_644_473_600_000;
const MAX_INT_32 = 0x7fffffff;

/**
 * The field that readers show right: 7-Zip and bsdtar take a negative second of `unix` for one after 2106. Before 1601
 * there is none, and readers show the first day of DOS, 1980-01-01.
 */
export function timeFieldFor(moment: Date): TimeField {
  const seconds = Math.floor(moment.getTime() / 1000);
  if (seconds >= 0 && seconds <= MAX_INT_32) return 'unix';
  return seconds * 1000 > -EPOCH_FROM_1601_MS ? 'ntfs' : 'dos';
}

const FIELD_BYTES: Readonly<Record<TimeField, number>> = {
  unix: FIELD_LEAD_BYTES + UNIX_BYTES,
  ntfs: FIELD_LEAD_BYTES + NTFS_BYTES,
  dos: 0,
};

/** Bytes of the field in a header. */
export function timeFieldBytes(field: TimeField): number {
  return FIELD_BYTES[field];
}

/** The field with a moment, in whole seconds. */
export function timeExtra(field: TimeField, moment: Date): Buffer {
  const seconds = Math.floor(moment.getTime() / 1000);
  if (field === 'unix') return unixExtra(seconds);
  return field === 'ntfs' ? ntfsExtra(seconds) : Buffer.alloc(0);
}

function unixExtra(seconds: number): Buffer {
  const field = extraField(EXTRA_ID.timestamp, UNIX_BYTES);
  field.writeUInt8(HAS_MODIFICATION_TIME, 4);
  // The low 32 bits: a record that was read may say any of them.
  field.writeInt32LE(seconds | 0, 5);
  return field;
}

// Times of access and creation are the same: a zero would stand for 1601.
function ntfsExtra(seconds: number): Buffer {
  const field = extraField(EXTRA_ID.ntfs, NTFS_BYTES);
  field.writeUInt16LE(NTFS_TIMES.tag, 8);
  field.writeUInt16LE(NTFS_TIMES.sizeBytes, 10);
  const ticks = BigInt(seconds * 1000 + EPOCH_FROM_1601_MS) * TICKS_PER_MS;
  for (const at of [12, 20, 28]) field.writeBigUInt64LE(BigInt.asUintN(64, ticks), at);
  return field;
}

/** The time that a header tells, by its extra fields or else its DOS time, and which field told it. */
export function readTime(
  dos: DosTime,
  fields: ReadonlyMap<number, Buffer>,
): { readonly modifiedAt: string; readonly timeField: TimeField } {
  const unix = fields.get(EXTRA_ID.timestamp);
  if (unix && unix.length >= UNIX_BYTES && (unix.readUInt8(0) & HAS_MODIFICATION_TIME) !== 0) {
    return { modifiedAt: isoTime(unix.readInt32LE(1) * 1000), timeField: 'unix' };
  }
  const ntfs = fields.get(EXTRA_ID.ntfs);
  if (ntfs?.length === NTFS_BYTES && ntfs.readUInt16LE(4) === NTFS_TIMES.tag) {
    const sinceMs = Number(ntfs.readBigUInt64LE(8) / TICKS_PER_MS) - EPOCH_FROM_1601_MS;
    return { modifiedAt: isoTime(sinceMs), timeField: 'ntfs' };
  }
  return { modifiedAt: fromDosTime(dos).toISOString(), timeField: 'dos' };
}

const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString();
