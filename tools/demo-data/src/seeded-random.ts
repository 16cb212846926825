// Numbers that look random and are the same for the same seed, on every machine and in any order of use.

/** A source of numbers; two of the same seed give the same sequence. */
export class SeededRandom {
  private readonly state: Uint32Array;

  constructor(seed: string) {
    this.state = stateOf(seed);
    for (let round = 0; round < 12; round += 1) this.uint32();
  }

  /** sfc32 (Chris Doty-Humphrey, PractRand). */
  uint32(): number {
    const [a = 0, b = 0, c = 0, counter = 0] = this.state;
    const result = (a + b + counter) >>> 0;
    this.state[0] = b ^ (b >>> 9);
    this.state[1] = c + (c << 3);
    this.state[2] = ((c << 21) | (c >>> 11)) + result;
    this.state[3] = counter + 1;
    return result;
  }

  /** From 0, less than 1. */
  fraction(): number {
    return this.uint32() / 2 ** 32;
  }

  /** A whole number from `min` to `max`, both possible. */
  whole(min: number, max: number): number {
    return min + Math.floor(this.fraction() * (max - min + 1));
  }

  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  /** One of the list, which must not be empty. */
  pick<T>(list: readonly T[]): T {
    const index = this.whole(0, list.length - 1);
    if (index >= list.length || list.length === 0) throw new RangeError('cannot pick from an empty list');
    return list[index] as T;
  }

  /** `count` different items of the list, or all of them in another order. */
  sample<T>(list: readonly T[], count: number): readonly T[] {
    const keyed = list.map((item) => ({ item, key: this.uint32() }));
    keyed.sort((left, right) => left.key - right.key);
    return keyed.slice(0, count).map(({ item }) => item);
  }

  /** Bell-shaped around `mean`: the sum of four even draws is close enough for instrument readings. */
  reading(mean: number, spread: number): number {
    const sum = this.fraction() + this.fraction() + this.fraction() + this.fraction();
    return mean + (sum - 2) * spread * 1.7;
  }
}

/** Four words from a text by FNV-1a with different starts. */
function stateOf(seed: string): Uint32Array {
  return Uint32Array.from([0x811c9dc5, 0x9e3779b9, 0x85ebca6b, 0xc2b2ae35], (start) => {
    let hash = start;
    for (const byte of Buffer.from(seed, 'utf8')) hash = Math.imul(hash ^ byte, 0x01000193);
    return hash >>> 0;
  });
}
