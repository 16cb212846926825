/** A part of the ZIP that differs from what was written. */
export interface Damage {
  /** The entry's name, or the structure: `central directory`, `end of central directory`. */
  readonly where: string;
  readonly fault: string;
}

/** How many faults of a kind are named; the others are counted. */
const MAX_NAMED = 100;

/** Faults of one kind: all are counted, the first are named. */
export class FaultList<T> {
  readonly named: T[] = [];
  private found = 0;

  get count(): number {
    return this.found;
  }

  add(fault: T): void {
    this.found += 1;
    if (this.named.length < MAX_NAMED) this.named.push(fault);
  }

  addAll({ named, count }: FaultList<T>): void {
    this.named.push(...named.slice(0, MAX_NAMED - this.named.length));
    this.found += count;
  }
}

export const faultKinds = ['missing', 'extra', 'altered', 'damaged'] as const;
type FaultKind = (typeof faultKinds)[number];

/** What checking an archive found. Paths are those of the manifests; of each kind the first hundred are named. */
export interface Findings {
  /** How many entries were read. */
  readonly checked: number;
  readonly missing: readonly string[];
  readonly extra: readonly string[];
  readonly altered: readonly string[];
  readonly damaged: readonly Damage[];
  /** How many there are of each kind, named or not. */
  readonly counts: Readonly<Record<FaultKind, number>>;
}

/** Gathers what is found. */
export class Faults {
  readonly missing = new FaultList<string>();
  readonly extra = new FaultList<string>();
  readonly altered = new FaultList<string>();
  readonly damaged = new FaultList<Damage>();

  findings(checked: number): Findings {
    const { missing, extra, altered, damaged } = this;
    return {
      checked,
      missing: missing.named,
      extra: extra.named,
      altered: altered.named,
      damaged: damaged.named,
      counts: { missing: missing.count, extra: extra.count, altered: altered.count, damaged: damaged.count },
    };
  }
}

/** The number of faults. */
export function faultCount({ counts }: Findings): number {
  return faultKinds.reduce((sum, kind) => sum + counts[kind], 0);
}

/** The same with more damage. */
export function withDamage(findings: Findings, faults: readonly Damage[]): Findings {
  const damaged = [...findings.damaged, ...faults];
  return { ...findings, damaged, counts: { ...findings.counts, damaged: findings.counts.damaged + faults.length } };
}
