import { randomBytes } from 'node:crypto';
import { isDenseFormat, SAMPLE_BYTES, sampleOf, shrinks } from './compression-choice.js';

describe('compression choice', () => {
  it.each([
    ['a/SOP.PDF', undefined],
    ['x.docx', undefined],
    ['photo', 'image/jpeg'],
    ['x', 'application/pdf; version=1.7'],
    ['x', 'video/mp4'],
  ])('takes %s, %s for dense', (name, mediaType) => {
    expect(isDenseFormat(name, mediaType)).toBe(true);
  });

  it.each([
    ['a.txt', undefined],
    ['pdf', undefined],
    ['a.pdf/x', undefined],
    ['x', 'image/svg+xml'],
    ['x', 'audio/wav'],
    ['x.tif', 'image/tiff'],
  ])('leaves %s, %s to the trial', (name, mediaType) => {
    expect(isDenseFormat(name, mediaType)).toBe(false);
  });

  it('finds by trial that text shrinks, and noise and a few bytes do not', async () => {
    expect(await shrinks(Buffer.from('the same again, '.repeat(50)))).toBe(true);
    expect(await shrinks(randomBytes(10_000))).toBe(false);
    expect(await shrinks(Buffer.alloc(20))).toBe(false);
  });

  it('samples the beginning and the middle', () => {
    const content = Buffer.concat([
      Buffer.alloc(SAMPLE_BYTES, 1),
      Buffer.alloc(SAMPLE_BYTES, 2),
      Buffer.alloc(SAMPLE_BYTES * 2, 3),
    ]);

    expect(sampleOf(content)).toEqual(Buffer.concat([Buffer.alloc(SAMPLE_BYTES, 1), Buffer.alloc(SAMPLE_BYTES, 3)]));
  });
});
