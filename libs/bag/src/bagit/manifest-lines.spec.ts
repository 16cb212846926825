import fc from 'fast-check';
import { anyText } from '../testing/hostile-text.js';
import { manifestLine, type Checksum } from './manifest.js';
import { manifestLines, parseManifestLine } from './manifest-lines.js';

const sha256 = 'ab'.repeat(32);

async function read(chunks: readonly Uint8Array[]): Promise<Checksum[]> {
  const found: Checksum[] = [];
  for await (const line of manifestLines(chunks)) found.push(line);
  return found;
}

describe('manifestLines', () => {
  it('reads what manifestLine wrote, wherever the bytes are cut', async () => {
    const path = anyText.map((text) => text.toWellFormed().trim()).filter((text) => text !== '');
    await fc.assert(
      fc.asyncProperty(fc.array(path, { maxLength: 5 }), fc.integer({ min: 1, max: 9 }), async (paths, size) => {
        const sums = paths.map((each) => ({ path: each, sha256 }));
        const bytes = Buffer.from(sums.map(manifestLine).join(''));
        const cut = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
          bytes.subarray(at * size, (at + 1) * size),
        );
        expect(await read(cut)).toEqual(sums);
      }),
    );
  });

  it('takes the binary mark, CRLF and a last line without an end', async () => {
    expect(await read([Buffer.from(`${sha256.toUpperCase()} *a b\r\n${sha256}  c`)])).toEqual([
      { path: 'a b', sha256 },
      { path: 'c', sha256 },
    ]);
  });

  it.each(['x', `${sha256} x`, `${sha256.slice(1)}  x`, `${sha256}  `])('refuses %j', (line) => {
    expect(() => parseManifestLine(line)).toThrow(expect.objectContaining({ code: 'ARCHIVE_UNREADABLE' }));
  });
});
