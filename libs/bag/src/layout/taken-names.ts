import { createHash } from 'node:crypto';

/** Remembers names: `take` returns true for a name that was free, which is then taken. */
export interface TakenNames {
  take(name: string): boolean;
}

const ASCII = /^[\x20-\x7E]*$/;

/** Equal for two names that a file system (NTFS, APFS, HFS+) would take for the same. Coarser than any of these. */
export function foldName(name: string): string {
  if (ASCII.test(name)) return name.toUpperCase();
  return name.normalize('NFKD').toLowerCase().toUpperCase().normalize('NFKD');
}

/** Exact; for bounded numbers of names. */
export class NameSet implements TakenNames {
  private readonly names = new Set<string>();

  take(name: string): boolean {
    const before = this.names.size;
    return this.names.add(foldName(name)).size > before;
  }
}

const BITS_PER_NAME = 32;
const PROBES = 8;

/**
 * A Bloom filter: fixed memory (4 bytes a name), however many names come. It never calls a taken name free; it calls
 * about six free names in a million taken, which costs them a suffix and nothing else.
 */
export class NameFilter implements TakenNames {
  private readonly words: Uint32Array;

  constructor(expectedNames: number) {
    const bits = 2 ** Math.ceil(Math.log2(Math.max(expectedNames, 2_048) * BITS_PER_NAME));
    this.words = new Uint32Array(Math.min(bits, 2 ** 30) / 32);
  }

  take(name: string): boolean {
    const digest = createHash('sha256').update(foldName(name)).digest();
    let free = false;
    for (let probe = 0; probe < PROBES; probe += 1) {
      free = this.takeBit(digest.readUInt32LE(probe * 4)) || free;
    }
    return free;
  }

  private takeBit(hash: number): boolean {
    const index = (hash >>> 5) & (this.words.length - 1);
    const mask = 1 << (hash & 31);
    const word = this.words[index] ?? 0;
    this.words[index] = word | mask;
    return (word & mask) === 0;
  }
}

/** The length of what `claimName` may append to a name. */
export const SUFFIX_LENGTH = 7;

interface NameClaim {
  /** Where the name must be unique: a folder, ending in `/`, or empty. */
  readonly within: string;
  /** What the name stands for, unique among all that get a name here; a suffix is made from it. */
  readonly seed: string;
  /** Writes the name with this suffix: empty, or `~` and six hex digits. */
  readonly render: (suffix: string) => string;
}

/** The first free name: without a suffix if that is free, else with one made of SHA-256 over the seed. */
export function claimName(taken: TakenNames, { within, seed, render }: NameClaim): string {
  for (let attempt = 0; ; attempt += 1) {
    const name = render(attempt === 0 ? '' : suffixOf(seed, attempt));
    if (taken.take(`${within}${name}`)) return name;
  }
}

function suffixOf(seed: string, attempt: number): string {
  const digest = createHash('sha256').update(`${seed}#${attempt}`).digest('hex');
  return `~${digest.slice(0, SUFFIX_LENGTH - 1)}`;
}
