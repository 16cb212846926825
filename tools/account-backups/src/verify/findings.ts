/** A part of the ZIP that is not as it was written. */
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

/** How many things are wrong. */
export function faultCount({ missing, extra, altered, damaged }: Findings): number {
  return missing.length + extra.length + altered.length + damaged.length;
}

export type Comparison = Pick<Findings, 'missing' | 'extra' | 'altered'>;

/** What was found (path → SHA-256, or null for content that could not be read) against what was promised. */
export function compare(promised: ReadonlyMap<string, string>, found: ReadonlyMap<string, string | null>): Comparison {
  return {
    missing: [...promised.keys()].filter((path) => !found.has(path)),
    extra: [...found.keys()].filter((path) => !promised.has(path)),
    altered: [...found]
      .filter(([path, sha256]) => promised.has(path) && promised.get(path) !== sha256)
      .map(([path]) => path),
  };
}
