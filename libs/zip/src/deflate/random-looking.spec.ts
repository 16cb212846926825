import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { deflateRawSync } from 'node:zlib';
import { looksRandom } from './random-looking.js';

type Piece = { readonly length: number } & (
  { readonly seed: number } | { readonly from: number; readonly step: number }
);

/** Noise, the same for the same seed, or bytes that increase in steps. */
function pieceOf(piece: Piece): Buffer {
  if ('from' in piece) return bytesOf(piece.length, (index) => piece.from + index * piece.step);
  return createHash('shake128', { outputLength: piece.length }).update(String(piece.seed)).digest();
}

const bytesOf = (length: number, byteAt: (index: number) => number): Buffer =>
  Buffer.from(Array.from({ length }, (_, index) => byteAt(index)));

describe('bytes that look random', () => {
  it.each([4096, 20_000, 16_385, 131_072])('are %i random bytes', (length) => {
    expect(looksRandom(randomBytes(length))).toBe(true);
  });

  it('are at least 4096', () => {
    expect(looksRandom(Buffer.alloc(0))).toBe(false);
    expect(looksRandom(randomBytes(4095))).toBe(false);
  });

  const page = randomBytes(8192);
  it.each([
    ['text', Buffer.from('the same again, '.repeat(100))],
    ['zeros', Buffer.alloc(8192)],
    ['all values equally often, in order', bytesOf(20_000, (index) => index & 255)],
    ['noise that comes again', Buffer.concat([page, page])],
    [
      'noise of seven bits, in which half of the values come first',
      bytesOf(65_536, (index) => ((page[index & 8191] ?? 0) & 127) | (index < 32_768 ? 0 : 128)),
    ],
    ['noise with a page of zeros in it', Buffer.concat([randomBytes(40_000), Buffer.alloc(4096), randomBytes(40_000)])],
    ['noise in Base64', Buffer.from(page.toString('base64'))],
  ])('are not %s', (_, bytes) => {
    expect(looksRandom(bytes)).toBe(false);
  });

  it('never become a tenth smaller by deflate, whatever they are made of', () => {
    const noise = fc.record({ seed: fc.nat(), length: fc.integer({ min: 1, max: 20_000 }) });
    const steps = fc.record({ from: fc.nat(255), step: fc.nat(255), length: fc.integer({ min: 1, max: 3000 }) });
    const piece = fc.oneof({ weight: 3, arbitrary: noise }, { weight: 1, arbitrary: steps });
    const times = fc.oneof(
      { weight: 3, arbitrary: fc.constant(1) },
      { weight: 1, arbitrary: fc.integer({ max: 4, min: 2 }) },
    );
    const pieces = fc.array(fc.record({ piece, times }), { minLength: 1, maxLength: 8 });

    let looked = 0;
    fc.assert(
      fc.property(pieces, (made) => {
        const bytes = Buffer.concat(made.flatMap((one) => Array.from({ length: one.times }, () => pieceOf(one.piece))));
        if (!looksRandom(bytes)) return;
        looked += 1;
        expect(deflateRawSync(bytes).length / bytes.length).toBeGreaterThan(0.9);
      }),
      { numRuns: 150 },
    );
    expect(looked).toBeGreaterThan(0);
  });
});
