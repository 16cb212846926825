import { AppError } from '@account-backups/contracts';

/** Path → SHA-256 of a BagIt manifest (RFC 8493 2.1.3). Throws `ARCHIVE_UNREADABLE` for a line that is none. */
export function manifestEntries(text: string): ReadonlyMap<string, string> {
  const lines = text.split('\n').filter((line) => line !== '');
  return new Map(lines.map(entryOf));
}

function entryOf(line: string, index: number): [path: string, sha256: string] {
  const [, sha256, path] = /^([0-9a-f]{64}) [ *](.+?)\r?$/i.exec(line) ?? [];
  if (sha256 === undefined || path === undefined) {
    throw new AppError('ARCHIVE_UNREADABLE', `line ${index + 1} of a manifest is not a SHA-256 and a path`);
  }
  return [decodePath(path), sha256.toLowerCase()];
}

function decodePath(path: string): string {
  return path.replace(/%(25|0D|0A)/gi, (encoded) => decodeURIComponent(encoded));
}

export interface Comparison {
  readonly checked: number;
  readonly missing: readonly string[];
  readonly extra: readonly string[];
  readonly altered: readonly string[];
}

/** What was found (path → SHA-256, or null for content that could not be read) against what was promised. */
export function compare(promised: ReadonlyMap<string, string>, found: ReadonlyMap<string, string | null>): Comparison {
  return {
    checked: found.size,
    missing: [...promised.keys()].filter((path) => !found.has(path)),
    extra: [...found.keys()].filter((path) => !promised.has(path)),
    altered: [...found]
      .filter(([path, sha256]) => promised.has(path) && promised.get(path) !== sha256)
      .map(([path]) => path),
  };
}
