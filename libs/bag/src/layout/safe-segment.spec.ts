import fc from 'fast-check';
import { anyText } from '../testing/hostile-text.js';
import { safeSegment, MAX_SEGMENT_LENGTH } from './safe-segment.js';

const rules = { limit: MAX_SEGMENT_LENGTH, fallback: 'file', keepExtension: true };

describe('safeSegment', () => {
  it.each([
    ['SOP 7 final.pdf', 'SOP 7 final.pdf'],
    ['CON.pdf', '_CON.pdf'],
    ['aux', '_aux'],
    ['lpt¹.txt', '_lpt¹.txt'],
    ['com0.tar.gz', '_com0.tar.gz'],
    ['CONIN$', '_CONIN$'],
    ['CONSENT.pdf', 'CONSENT.pdf'],
    ['..\\..\\x', '__._x'],
    ['..', 'file'],
    ['', 'file'],
    [' . . ', 'file'],
    ['.htaccess', '_htaccess'],
    ['a/b:c*d?"e"<f>|g%h', 'a_b_c_d__e__f__g_h'],
    ['ends in dots...', 'ends in dots'],
    ['a\u202Efdp.exe', 'afdp.exe'],
    ['zero\u200Bwidth\uFEFF', 'zerowidth'],
    ['anno\uFFF9ta\uFFFAted\uFFFB', 'annotated'],
    ['\u0600\u0661 \u06DD\u0662', '\u0600\u0661 \u06DD\u0662'],
    ['e\u0301', '\u00E9'],
    ['tab\tand\r\nline', 'tab and line'],
    ["a; =cmd|'.csv", "a_ =cmd_'.csv"],
    ['a;\u0600=1.csv', 'a_\u0600=1.csv'],
    ['report.pdf;1', 'report.pdf_1'],
    ['report;', 'report_'],
    ['Desktop.ini', '_Desktop.ini'],
    ['~$report.docx', '_$report.docx'],
    ['x_vti_y/vti_.txt', 'x_vti-y_vti-.txt'],
    ['Panel.{21EC2020-3AEA-1069-A2DD-08002B30309D}', 'Panel_{21EC2020-3AEA-1069-A2DD-08002B30309D}'],
    ['setup.app', 'setup.app'],
    ['lone \uD800 surrogate', 'lone _ surrogate'],
  ])('makes of %j the name %j', (text, expected) => {
    expect(safeSegment(text, rules)).toBe(expected);
  });

  it.each([
    ['Backup.app', 'Backup_app'],
    ['Minutes.rtfd', 'Minutes_rtfd'],
    ['1.0', '1.0'],
    ['St. Mary', 'St. Mary'],
    [`${'Safety of '.repeat(6)}Tools.app`, 'Safety of Safety of Safety of Safety~Safety of Tools_app'],
    [`${'x'.repeat(56)}.application`, `${'x'.repeat(56)}_app`],
  ])('makes of %j the folder %j', (text, expected) => {
    expect(safeSegment(text, { limit: MAX_SEGMENT_LENGTH, fallback: 'OU' })).toBe(expected);
  });

  it.each(['日', '👩🏽', 'é', '\u0E01\u0E34'])(
    'takes at most 143 bytes, of which a name of %j would have more',
    (sign) => {
      const name = safeSegment(`${sign.repeat(60)}.docx`, { ...rules, suffix: '~a1b2c3' });
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(143);
      expect(name.replace('~a1b2c3.docx', '').replaceAll(sign, '')).toBe('');
    },
  );

  it('keeps the extension of a long name', () => {
    const name = safeSegment(`${'x'.repeat(300)}.docx`, rules);
    expect(name).toHaveLength(60);
    expect(name.endsWith('x.docx')).toBe(true);
  });

  it('puts the suffix before the extension', () => {
    expect(safeSegment('report.pdf', { ...rules, suffix: '~a1b2c3' })).toBe('report~a1b2c3.pdf');
  });

  it('does not cut through a grapheme', () => {
    expect(safeSegment('ab👩🏽e\u0301x', { limit: 5, fallback: 'x' })).toBe('ab');
    expect(safeSegment('ab\u{1F469}\u{1F3FD}', { limit: 6, fallback: 'x' })).toBe('ab\u{1F469}\u{1F3FD}');
  });

  it('keeps every rule for any text', () => {
    const limit = fc.integer({ min: 17, max: MAX_SEGMENT_LENGTH });
    fc.assert(
      fc.property(anyText, limit, fc.constantFrom('', '~a1b2c3'), fc.boolean(), (text, size, suffix, keepExtension) => {
        const name = safeSegment(text, { limit: size, fallback: 'file', suffix, keepExtension });
        expect(name.length).toBeGreaterThan(0);
        expect(name.length).toBeLessThanOrEqual(size);
        expect(name.isWellFormed()).toBe(true);
        expect(name.normalize('NFC')).toBe(name);
        expect(name).not.toMatch(/[<>:"/\\|?*%;\p{Cc}]/u);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(143);
        expect(name).not.toMatch(/_vti_|^~\$|\.\{[0-9a-f-]{36}\}|^(desktop\.ini|thumbs\.db)$/i);
        if (!keepExtension) expect(name).not.toMatch(/\.(app|bundle|rtfd)$/i);
        expect(name).not.toMatch(/[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u061C]/);
        expect(name).not.toMatch(/^[. ]|[. ]$/);
        expect(name).not.toMatch(/^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]) *(\.|$)/i);
      }),
      { numRuns: 2_000 },
    );
  });
});
