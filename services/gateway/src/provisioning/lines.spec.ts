import fc from 'fast-check';
import { linesOf } from './lines.js';

async function linesFrom(chunks: readonly string[], most = 1_000): Promise<string[]> {
  async function* source() {
    for (const chunk of chunks) yield Buffer.from(chunk);
  }
  const lines: string[] = [];
  for await (const { number, bytes } of linesOf(source(), most))
    lines.push(`${number} ${bytes ? bytes.toString() : 'too long'}`);
  return lines;
}

describe('lines of a stream', () => {
  it('are the same however the stream is cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.stringMatching(/^[ab\n]{0,9}$/)), async (chunks) => {
        expect(await linesFrom(chunks, 7)).toEqual(await linesFrom([chunks.join('')], 7));
      }),
    );
  });

  it('are numbered from 1 and end with the stream', async () => {
    expect(await linesFrom(['a\n\nb', 'c'])).toEqual(['1 a', '2 ', '3 bc']);
  });

  it.each([
    [
      ['a\nbbb', 'bbb', 'b\ncc'],
      ['1 a', '2 too long', '3 cc'],
    ],
    [['bbbbbb\n\n'], ['1 too long', '2 ']],
    [
      ['bbbbb\nbbb', 'bbb'],
      ['1 bbbbb', '2 too long'],
    ],
  ])('that are too long are told, and hide no other: %j', async (chunks, lines) => {
    expect(await linesFrom(chunks, 5)).toEqual(lines);
  });
});
