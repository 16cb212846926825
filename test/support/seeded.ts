import { createHash } from 'node:crypto';

/** A number from 0 to `below` - 1. */
export type Random = (below: number) => number;

const MODULUS = 0x7fffffff;

/** Random numbers from a seed (Park and Miller). */
export function numbersOf(seed: number): Random {
  let state = seed % MODULUS || 1;
  return (below) => {
    state = (state * 48_271) % MODULUS;
    return state % below;
  };
}

/** Numbers of their own for whatever has a name, so that what one draws does not depend on what others do. */
export function numbersFor(seed: number, name: string): Random {
  const digest = createHash('sha256').update(`${seed} ${name}`).digest();
  return numbersOf(digest.readUInt32BE(0));
}

export function oneOf<T>(items: readonly T[], random: Random): T {
  const item = items[random(items.length)];
  if (item === undefined) throw new Error('there is nothing to choose from');
  return item;
}

/** True in so many of a hundred cases. */
export function happens(percent: number, random: Random): boolean {
  return random(100) < percent;
}
