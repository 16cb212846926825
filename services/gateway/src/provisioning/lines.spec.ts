import fc from 'fast-check';
import { linesOf } from './lines.js';

async function linesFrom(chunks: readonly string[], most = 1_000): Promise<string[]> {
  async function* source() {
    for (const chunk of chunks) yield Buffer.from(chunk);
  }
  const lines: string[] = [];
  for await (const { number, bytes } of linesOf(source(), most)) lines.push(`${number} ${bytes.toString()}`);
  return lines;
}

describe('lines of a stream', () => {
  it('are the same however the stream is cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.stringMatching(/^[ab\n]{0,9}$/)), async (chunks) => {
        expect(await linesFrom(chunks)).toEqual(await linesFrom([chunks.join('')]));
      }),
    );
  });

  it('are numbered from 1 and end with the stream', async () => {
    expect(await linesFrom(['a\n\nb', 'c'])).toEqual(['1 a', '2 ', '3 bc']);
  });

  it('are refused when too long, before they are whole', async () => {
    await expect(linesFrom(['a\nbbb', 'bbb'], 5)).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
  });
});
