import type { VersionState } from '@account-backups/contracts';
import type { SeededRandom } from '../seeded-random.js';

interface LifeCycle {
  readonly states: readonly VersionState[];
  readonly active: boolean;
}

const newest: readonly (readonly [number, readonly VersionState[]])[] = [
  [0.6, ['authorised']],
  [0.7, ['authorised', 'draft']],
  [0.78, ['authorised', 'awaiting_authorisation']],
  [0.85, ['authorised', 'pending_release']],
  [0.9, ['draft']],
  [0.94, ['awaiting_authorisation']],
  [0.97, ['pending_release']],
  [1, ['superseded']],
];

/** The states of a document's versions, oldest first, and whether it is in use. */
export function drawLifeCycle(random: SeededRandom): LifeCycle {
  const draw = random.fraction();
  const end = newest.find(([limit]) => draw < limit)?.[1] ?? ['authorised'];
  const wasAuthorised = end[0] === 'authorised' || end[0] === 'superseded';
  const earlier = wasAuthorised ? random.pick([0, 0, 0, 1, 1, 2, 3]) : 0;
  const superseded = Array.from({ length: earlier }, () => 'superseded' as const);
  return { states: [...superseded, ...end], active: end[0] !== 'superseded' && !random.chance(0.08) };
}

/** `1.0`, `2.0`… for what was authorised once, `2.1` for what follows it. */
export function versionNumber(states: readonly VersionState[], index: number): string {
  const released = states
    .slice(0, index + 1)
    .filter((state) => state === 'authorised' || state === 'superseded').length;
  const isReleased = states[index] === 'authorised' || states[index] === 'superseded';
  return `${released}.${isReleased ? 0 : 1}`;
}
