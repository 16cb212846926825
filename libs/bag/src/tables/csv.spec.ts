import fc from 'fast-check';
import { csvCells } from '../testing/csv-cells.js';
import { anyText } from '../testing/hostile-text.js';
import { CSV_BOM, csvRow } from './csv.js';

describe('csvRow', () => {
  it('quotes what RFC 4180 wants quoted and ends the line with CRLF', () => {
    expect(csvRow(['a', 'b,c', 'say "x"', 'two\r\nlines', ' x'])).toBe('a,"b,c","say ""x""","two\r\nlines"," x"\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', '＠x'])('guards the text %j', (text) => {
    expect(csvRow([text]).replace(/^"/, '').startsWith("'")).toBe(true);
  });

  it.each([
    ['  =1', `"  '=1"`],
    ['\u200B=1', "\u200B'=1"],
    ['a;=1', "a;'=1"],
    ['a; -1; b', "a; '-1; b"],
    ['a\t@x', "a\t'@x"],
    ['a;"=1"', `"a;""'=1"""`],
    ['a\n+1', `"a\n'+1"`],
  ])('guards %j where another cell would begin for programs that part them otherwise', (text, cell) => {
    expect(csvRow([text])).toBe(`${cell}\r\n`);
  });

  it.each(['a-b', 'a =1', '3;4', 'x@y.example; z@y.example', "'=1"])('leaves the text %j as it is', (text) => {
    expect(csvRow([text])).toBe(`${text}\r\n`);
  });

  it('leaves our own numbers and booleans as they are', () => {
    expect(csvRow([-1, 0, 42, true, false])).toBe('-1,0,42,true,false\r\n');
  });

  it('leaves a field empty for nothing', () => {
    expect(csvRow([null, undefined, ''])).toBe(',,\r\n');
  });

  it('never begins a field as a formula, whatever the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(csvRow([text]).replace(/^"/, '')).not.toMatch(/^[=+\-@\t\r＝＋－＠](?!\n$)/);
      }),
    );
  });

  it('is read again as it was, guards apart, whatever the texts', () => {
    const unguarded = (cell: string) => cell.replace(/'(?=[=+\-@\t\r\n＝＋－＠])/g, '');
    fc.assert(
      fc.property(fc.array(fc.array(anyText, { minLength: 2, maxLength: 4 }), { maxLength: 4 }), (rows) => {
        const read = csvCells(CSV_BOM + rows.map(csvRow).join(''));
        expect(read.map((cells) => cells.map(unguarded))).toEqual(
          rows.map((cells) => cells.map((cell) => unguarded(cell.toWellFormed()))),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('is UTF-8 that another program can decode', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const bytes = Buffer.from(csvRow([text]));
        expect(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)).toBe(csvRow([text]));
      }),
    );
  });
});
