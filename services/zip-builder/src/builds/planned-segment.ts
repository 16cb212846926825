/** One segment as the plan has it. */
export interface PlannedSegment {
  /** From 0. */
  readonly number: number;
  /** `partCount` part numbers, from `firstPart` on, are reserved for it. */
  readonly firstPart: number;
  readonly partCount: number;
  readonly documentCount: number;
  /** Bytes of its documents' files. */
  readonly sizeBytes: number;
}
