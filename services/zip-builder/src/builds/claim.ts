/** Work that belongs to this builder until the lease ends; `fence` tells it from every other claim of the same work. */
interface Claim {
  readonly fence: number;
}

export interface BuildClaim extends Claim {
  readonly buildId: string;
  readonly keyPart: string;
}

export interface SegmentClaim extends Claim {
  readonly buildId: string;
  readonly number: number;
}

const FIRST_REST_MS = 2_000;
const MAX_REST_MS = 300_000;

/** How long failed work rests before the next attempt: 2 s, 4 s, 8 s … 5 minutes. `attempts` counts from 1. */
export function restMs(attempts: number): number {
  return Math.min(MAX_REST_MS, FIRST_REST_MS * 2 ** Math.max(0, attempts - 1));
}
