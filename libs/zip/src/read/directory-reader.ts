import { RECORD_BYTES, SIGNATURE } from '../format/format.js';
import type { EntryRecord } from '../format/entry-record.js';
import { parseHeader } from '../format/header-fields.js';
import { readExactly, type ReadRange } from './range-reader.js';
import type { DirectoryPlace } from '../format/zip64.js';
import { KIB } from '../format/sizes.js';
import { ZipError } from '../format/zip-error.js';

const WINDOW_BYTES = 256 * KIB;
const MAX_HEADER_BYTES = RECORD_BYTES.centralHeader + 3 * 0xffff;

/**
 * The headers of a central directory (APPNOTE 4.3.12), read through a window of 256 KiB.
 * Throws `BAD_DIRECTORY` when it is damaged or its number of headers is not the one in the end record.
 */
export async function* readDirectory(readRange: ReadRange, place: DirectoryPlace): AsyncGenerator<EntryRecord> {
  const window = new DirectoryWindow(readRange, place);
  let entryCount = 0;
  while (window.leftBytes > 0) {
    if (window.lacks(MAX_HEADER_BYTES)) await window.fill();
    const fields = nextHeader(window);
    if (fields.offset + RECORD_BYTES.localHeader + fields.compressedSizeBytes > place.offset) {
      throw new ZipError('BAD_DIRECTORY', `entry ${fields.name} does not lie before the directory`);
    }
    entryCount += 1;
    yield fields;
  }
  if (entryCount === place.entryCount) return;
  throw new ZipError('BAD_DIRECTORY', `the directory has ${entryCount} entries, expected ${place.entryCount}`);
}

function nextHeader(window: DirectoryWindow): EntryRecord {
  const fixed = window.take(RECORD_BYTES.centralHeader);
  if (fixed.readUInt32LE(0) !== SIGNATURE.centralHeader) {
    throw new ZipError('BAD_DIRECTORY', 'a central header does not begin where the one before ends');
  }
  const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((at) => fixed.readUInt16LE(at));
  const name = window.take(nameBytes ?? 0);
  const extra = window.take(extraBytes ?? 0);
  window.take(commentBytes ?? 0);
  return parseHeader({ shared: fixed.subarray(6, 32), name, extra, offset: fixed.readUInt32LE(42) });
}

class DirectoryWindow {
  readonly #readRange: ReadRange;
  #bytes: Buffer = Buffer.alloc(0);
  #offset: number;
  #unreadBytes: number;

  constructor(readRange: ReadRange, { offset, sizeBytes }: DirectoryPlace) {
    this.#readRange = readRange;
    this.#offset = offset;
    this.#unreadBytes = sizeBytes;
  }

  get leftBytes(): number {
    return this.#bytes.length + this.#unreadBytes;
  }

  /** True when the window has fewer bytes than that and more can be read. */
  lacks(length: number): boolean {
    return this.#bytes.length < length && this.#unreadBytes > 0;
  }

  take(length: number): Buffer {
    if (length > this.#bytes.length) throw new ZipError('BAD_DIRECTORY', 'the directory ends within a header');
    const taken = this.#bytes.subarray(0, length);
    this.#bytes = this.#bytes.subarray(length);
    return taken;
  }

  async fill(): Promise<void> {
    const length = Math.min(WINDOW_BYTES, this.#unreadBytes);
    this.#bytes = Buffer.concat([this.#bytes, await readExactly(this.#readRange, this.#offset, length)]);
    this.#offset += length;
    this.#unreadBytes -= length;
  }
}
