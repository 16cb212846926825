/** A part of the ZIP that differs from what was written. */
export interface Damage {
  /** The entry's name, or the structure: `central directory`, `end of central directory`. */
  readonly where: string;
  readonly fault: string;
}

/** What checking an archive found. Paths are those of the manifests. */
export interface Findings {
  /** How many entries were read. */
  readonly checked: number;
  readonly missing: readonly string[];
  readonly extra: readonly string[];
  readonly altered: readonly string[];
  readonly damaged: readonly Damage[];
}

/** The number of faults. */
export function faultCount({ missing, extra, altered, damaged }: Findings): number {
  return missing.length + extra.length + altered.length + damaged.length;
}
