/** Content in memory of its own, with room before and after it for what AE-2 adds. May change hands with its memory. */
export interface Frame {
  readonly memory: ArrayBuffer;
  /** Where the content begins. */
  readonly start: number;
  readonly length: number;
}

const LEAD_BYTES = 18;
const TAIL_BYTES = 16;

/** A frame for so many bytes, not cleared, with at least so many before them. */
export function newFrame(length: number, leadBytes = 0): Frame {
  const start = LEAD_BYTES + leadBytes;
  return { memory: Buffer.allocUnsafeSlow(start + length + TAIL_BYTES).buffer, start, length };
}

/** A frame with a copy of these bytes. */
export function frameOf(bytes: Uint8Array, leadBytes: number): Frame {
  const frame = newFrame(bytes.length, leadBytes);
  contentOf(frame).set(bytes);
  return frame;
}

/** The frame's content; with `lead` and `tail`, so many bytes more on either side of it. */
export function contentOf({ memory, start, length }: Frame, lead = 0, tail = 0): Buffer {
  return Buffer.from(memory, start - lead, lead + length + tail);
}
