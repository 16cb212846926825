import fc from 'fast-check';
import { csvRecords } from './csv-records.js';

const cellsOf = (text: string) => Array.from(csvRecords(text), ({ cells }) => cells);

describe('csvRecords', () => {
  it('reads what RFC 4180 writes', () => {
    expect(cellsOf('a,"b ""c"", d"\r\n"two\nlines",\r\n')).toEqual([
      ['a', 'b "c", d'],
      ['two\nlines', ''],
    ]);
  });

  it('takes any line end, a byte order mark, and a last line without an end', () => {
    expect(cellsOf('\uFEFFa\nb\rc')).toEqual([['a'], ['b'], ['c']]);
  });

  it('leaves out blank lines and still counts them', () => {
    expect(Array.from(csvRecords('a\n\n"x\ny"\nb'), ({ line }) => line)).toEqual([1, 3, 5]);
  });

  it.each(['"open', 'a"b', '"a"b'])('refuses %j', (text) => {
    expect(() => cellsOf(text)).toThrow('line 1: a quote');
  });

  it.each([
    ['text', '"' + 'x'.repeat(20_000_000)],
    ['quotes', '""'.repeat(10_000_000) + '"'],
  ])('refuses a quote that is not closed before millions of %s', (_, text) => {
    expect(() => cellsOf(text)).toThrow('line 1: a quote is not closed');
  });

  it('gives back any table that is written with quotes', () => {
    const table = fc.array(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 2, maxLength: 5 }));
    fc.assert(
      fc.property(table, (rows) => {
        const text = rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n');
        expect(cellsOf(text)).toEqual(rows);
      }),
    );
  });
});
