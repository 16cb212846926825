import fc from 'fast-check';
import { anyText } from '../testing/hostile-text.js';
import { shortened } from './cut-text.js';

const room = (length: number) => ({ length, bytes: 143 });

describe('shortened', () => {
  it.each([
    ['Camden Central Laboratory', 25, 'Camden Central Laboratory'],
    ['Camden Central Laboratory', 17, 'Camden Central'],
    ['Leeds Infection Sciences', 17, 'Leeds Infection'],
    ['Toxicology & Therapeutic Drug Monitoring', 20, 'Toxicology'],
    ['Health, Safety & Environment', 18, 'Health, Safety'],
    ['Laboratoriumsmedizin Nord', 17, 'Laboratorium~Nord'],
    ['Digital Pathology 🔬', 17, 'Digital Pathology'],
    ['Laboratoriumsmedizin', 12, 'Laboratorium'],
    ['SOP-001__Release of medicinal products (part 12)', 33, 'SOP-001__Release~(part 12)'],
    ['SOP-7__Reinigung der Räume und Geräte', 28, 'SOP-7__Reinigung~Geräte'],
    ['Training of staff', 12, 'Training'],
    ['Handling of the more dangerous specimens', 16, 'Handling'],
    ['試料の取り扱い手順書', 6, '試料の取り扱'],
  ])('makes of %j in %d characters %j', (text, length, name) => {
    expect(shortened(text, room(length))).toBe(name);
  });

  it('tells texts apart that begin alike', () => {
    const names = ['Cleaning of rooms and equipment, ward 4', 'Cleaning of rooms and equipment, ward 5'];
    expect(names.map((name) => shortened(name, room(24)))).toEqual([
      'Cleaning of rooms~ward 4',
      'Cleaning of rooms~ward 5',
    ]);
  });

  it('fits, whatever the text, and leaves no grapheme torn that was whole', () => {
    const limits = fc.record({ length: fc.integer({ min: 1, max: 60 }), bytes: fc.integer({ min: 40, max: 143 }) });
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 5 }), limits, (texts, limit) => {
        const text = texts.join(' ').toWellFormed();
        const name = shortened(text, limit);
        expect(name.length).toBeLessThanOrEqual(limit.length);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(limit.bytes);
        expect(name.isWellFormed()).toBe(true);
      }),
    );
  });
});
