import type { BagText } from '../record/bag-text.js';

/** A file of the bag with the checksum of its content. */
export interface Checksum {
  /** From the bag's root. */
  readonly path: string;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** A line of a BagIt manifest (RFC 8493 2.1.3): CR, LF and % of a path are percent-encoded; `sha256sum -c` reads it. */
export function manifestLine({ path, sha256 }: Checksum): string {
  const encoded = path.replace(/[%\r\n]/g, (character) => percentOf.get(character) ?? character);
  return `${sha256}  ${encoded}\n`;
}

const percentOf: ReadonlyMap<string, string> = new Map([
  ['%', '%25'],
  ['\r', '%0D'],
  ['\n', '%0A'],
]);

/** `manifest-sha256.txt`: every file below `data/`: those of the records, then `others` (metadata, index, …). */
export function payloadManifest(others: readonly Checksum[]): BagText {
  return {
    path: 'manifest-sha256.txt',
    head: () => '',
    rows: ({ files }) => files.map(manifestLine).join(''),
    foot: () => others.map(manifestLine).join(''),
  };
}

/** `tagmanifest-sha256.txt`: the files outside `data/`, itself left out. */
export function tagManifest(tagFiles: readonly Checksum[]): string {
  return tagFiles.map(manifestLine).join('');
}
