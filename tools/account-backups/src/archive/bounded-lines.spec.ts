import fc from 'fast-check';
import { boundedLines } from './bounded-lines.js';

async function linesOf(text: string, cuts: readonly number[], maxBytes = 1_000): Promise<string[]> {
  const bytes = Buffer.from(text);
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
  async function* chunks() {
    for (const [index, from] of places.entries()) yield bytes.subarray(from, places[index + 1] ?? bytes.length);
  }
  const lines: string[] = [];
  for await (const line of boundedLines(chunks(), maxBytes)) lines.push(line);
  return lines;
}

const text = fc.array(fc.constantFrom('a', 'é', '日', '\n', '\r', '😀')).map((parts) => parts.join(''));

describe('boundedLines', () => {
  it('gives the lines of a text, wherever its bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat()), async (whole, cuts) => {
        const lines = whole.split('\n');
        expect(await linesOf(whole, cuts)).toEqual(lines.at(-1) === '' ? lines.slice(0, -1) : lines);
      }),
    );
  });

  it('refuses a line that is too long, without waiting for its end', async () => {
    async function* endless() {
      for (;;) yield Buffer.alloc(65_536, 'x');
    }
    await expect(boundedLines(endless(), 1_000_000).next()).rejects.toMatchObject({ code: 'ARCHIVE_UNREADABLE' });
    await expect(linesOf('aaa\nbbbbb\n', [1], 4)).rejects.toThrow('line 2 has more than 4 bytes');
  });
});
