import fc from 'fast-check';
import { visible, visibleCsv, visibleJson } from './visible.js';

const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;
const controls = [27, 0, 10, 13, 127, 0x9b, 0x61c, 0x200e, 0x200f, 0x2028, 0x202e, 0x2066, 0xd800];
const hostile = fc.array(
  fc.oneof(
    fc.constantFrom(...controls).map((code) => String.fromCharCode(code)),
    fc.string(),
  ),
);

describe('visible', () => {
  it('leaves nothing that controls a terminal or turns direction', () => {
    fc.assert(fc.property(hostile, (parts) => expect(visible(parts.join(''))).not.toMatch(CONTROLS)));
  });

  it('shows what was there, and leaves every other character', () => {
    expect(visible('a\u001b[2Jb\u202etxt 日本é\u0301')).toBe('a\\u001b[2Jb\\u202etxt 日本é\u0301');
  });
});

describe('visibleJson', () => {
  it('means the same and holds no such character', () => {
    fc.assert(
      fc.property(hostile, (parts) => {
        const text = parts.join('');
        const json = visibleJson({ [text]: text });
        expect(json).not.toMatch(CONTROLS);
        expect(JSON.parse(json)).toEqual({ [text]: text });
      }),
    );
  });
});

describe('visibleCsv', () => {
  it('keeps the ends of records and nothing else that controls a terminal', () => {
    const text = '\uFEFFid,name\r\na,"two\r\nlines, ""x"" \u001b[2J"\r\nb,\u202ebb\r\n';
    expect(visibleCsv(text)).toBe('\uFEFFid,name\r\na,"two\\u000d\\u000alines, ""x"" \\u001b[2J"\r\nb,\\u202ebb\r\n');
  });
});
