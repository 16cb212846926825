import type { Fleet } from './fleet.js';
import type { Random } from '../../support/seeded.js';
import type { StormParts } from './parts.js';
import type { Replica } from './replica.js';

export interface FaultTargets {
  readonly fleet: Fleet;
  readonly parts: StormParts;
  readonly leaseMs: number;
}

/** One way in which a part of the system fails. */
export interface Fault {
  readonly name: string;
  /** How often it is drawn, against the others. */
  readonly weight: number;
  /** Always, unless told otherwise. */
  readonly isPossible?: (targets: FaultTargets) => boolean;
  /** What it needs for itself: two faults that need the same never overlap. */
  readonly needs: (targets: FaultTargets, random: Random) => Chosen;
}

/** A fault with its victims drawn. */
export interface Chosen {
  /** Names of what it needs for itself. */
  readonly resources: readonly string[];
  readonly about: string;
  /** Makes it, lets it last, and mends it. */
  run(): Promise<void>;
}

/** Replicas of services, without the issuer of tokens, which is not ours to prove. */
export function victims({ fleet }: FaultTargets): readonly Replica[] {
  return fleet.replicas.filter(({ program }) => program.service !== 'local-issuer');
}

export function isOnFiles({ parts }: FaultTargets): boolean {
  return parts.minio === undefined;
}

/** From `least` to `most` milliseconds. */
export function span(least: number, most: number, random: Random): number {
  return least + random(most - least + 1);
}

/** What a fault showed that the product must never do. */
export class ProductFault extends Error {}
