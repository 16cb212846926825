import type { Link, RangeBegunPayload } from '../rows/link.js';

/** So many ranges of a download have links of their own, whoever asks. */
const FIRST_RANGES = 16;
/** So many ranges have them where each comes from somewhere new. */
const MAX_RANGES = 64;

/** How many links `hasOwnLinks` wants to see. */
export const LINKS_THAT_COUNT = MAX_RANGES;

/** Whether a range gets links of its own after those that have begun; else it is tallied. */
export function hasOwnLinks(begun: readonly Link[], range: RangeBegunPayload): boolean {
  if (begun.length < FIRST_RANGES) return true;
  return begun.length < MAX_RANGES && !begun.some(({ payload }) => isSameOrigin(payload as RangeBegunPayload, range));
}

function isSameOrigin(one: RangeBegunPayload, other: RangeBegunPayload): boolean {
  return one.ipAddress === other.ipAddress && one.userAgent === other.userAgent;
}
