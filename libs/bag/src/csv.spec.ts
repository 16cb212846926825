import fc from 'fast-check';
import { csvRow } from './csv.js';
import { anyText } from './testing/hostile-text.js';

describe('csvRow', () => {
  it('quotes what RFC 4180 wants quoted and ends the line with CRLF', () => {
    expect(csvRow(['a', 'b,c', 'say "x"', 'two\r\nlines', ' x'])).toBe('a,"b,c","say ""x""","two\r\nlines"," x"\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', '＠x'])('guards the text %j', (text) => {
    expect(csvRow([text]).replace(/^"/, '').startsWith("'")).toBe(true);
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
});
