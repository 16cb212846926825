import { AppError } from '@account-backups/contracts';
import type { Checksum } from './manifest.js';

// `s`: a path may hold U+2028, which would end the line for `.`.
const LINE = /^([0-9a-f]{64}) [ *](.+?)\r?$/is;

/** A line of a BagIt manifest (RFC 8493 2.1.3) read again; throws `ARCHIVE_UNREADABLE` for any other text. */
export function parseManifestLine(line: string): Checksum {
  const [, sha256, path] = LINE.exec(line) ?? [];
  if (sha256 === undefined || path === undefined) {
    throw new AppError('ARCHIVE_UNREADABLE', `a line of a manifest is not a SHA-256 and a path: ${line.slice(0, 100)}`);
  }
  return {
    path: path.replace(/%(25|0D|0A)/gi, (encoded) => decodeURIComponent(encoded)),
    sha256: sha256.toLowerCase(),
  };
}

/** The lines of a whole manifest as its bytes come. Memory: one chunk. Throws as `parseManifestLine`. */
export async function* manifestLines(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Checksum, void, undefined> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let rest = '';
  for await (const chunk of chunks) {
    const lines = `${rest}${decoder.decode(chunk, { stream: true })}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') yield parseManifestLine(line);
  }
  rest += decoder.decode();
  if (rest !== '') yield parseManifestLine(rest);
}
