/** A content in memory of its own, with room before and after it for what AE-2 adds. Can be sent to a thread. */
export interface Frame {
  readonly memory: ArrayBuffer;
  /** Where the content begins. */
  readonly start: number;
  readonly length: number;
}

const LEAD_BYTES = 18;
const TAIL_BYTES = 16;

/** A frame for `length` bytes, not zeroed, with room for at least `leadBytes` before what AE-2 adds. */
export function newFrame(length: number, leadBytes = 0): Frame {
  const start = LEAD_BYTES + leadBytes;
  return { memory: Buffer.allocUnsafeSlow(start + length + TAIL_BYTES).buffer, start, length };
}

/** A frame that holds a copy of these bytes. */
export function frameOf(bytes: Uint8Array, leadBytes: number): Frame {
  const frame = newFrame(bytes.length, leadBytes);
  contentOf(frame).set(bytes);
  return frame;
}

/** The frame's content, with `lead` bytes before and `tail` bytes after it. */
export function contentOf({ memory, start, length }: Frame, lead = 0, tail = 0): Buffer {
  return Buffer.from(memory, start - lead, lead + length + tail);
}
