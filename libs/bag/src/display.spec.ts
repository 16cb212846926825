import { numberText, optionsText, sizeText, stateText, zoneClock } from './display.js';
import { readmeTxt } from './bagit/readme-txt.js';
import { someFacts } from './testing/facts.js';

describe('display', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1_000, '1.0 KB'],
    [999_960, '1.0 MB'],
    [5_368_709_120, '5.4 GB'],
  ])('writes %d bytes as %s', (size, text) => {
    expect(sizeText(size)).toBe(text);
  });

  it('writes thousands, states and options', () => {
    expect(numberText(1_234_567)).toBe('1,234,567');
    expect(stateText('awaiting_authorisation')).toBe('Awaiting authorisation');
    expect(optionsText(someFacts().options)).toBe('active documents, without superseded versions');
  });

  it('writes days of a zone and leaves days alone', () => {
    const clock = zoneClock('Asia/Tokyo');
    expect(clock.day('2025-01-01T20:00:00Z')).toBe('2025-01-02');
    expect(clock.day('2025-01-01')).toBe('2025-01-01');
    expect(clock.moment('2025-01-01T15:00:00Z')).toBe('2025-01-02 00:00 +09:00 (Asia/Tokyo)');
  });

  it.each(['America/New_York', 'Asia/Tokyo', 'Europe/London'])(
    'writes a day that stands for none as it was registered, in %s',
    (timeZone) => {
      const clock = zoneClock(timeZone);
      const registered = ['0001-01-01T00:00:00Z', '0001-01-01', '0000-01-01T00:00:00+14:00', '9999-12-31T23:59:59Z'];
      expect(registered.map(clock.day)).toEqual(['0001-01-01', '0001-01-01', '0000-01-01', '9999-12-31']);
    },
  );
});

describe('README.txt', () => {
  it('says what it is and how to verify it', () => {
    const text = readmeTxt(someFacts());
    expect(text.split('\r\n')[0]).toBe('UNCONTROLLED COPY as at 2025-07-23 17:04 +01:00 (Europe/London)');
    expect(text).toContain('sha256sum -c --quiet manifest-sha256.txt');
    expect(text).not.toMatch(/password|[^\r]\n/);
  });

  it('says how a spreadsheet opens the tables without changing them', () => {
    const text = readmeTxt(someFacts());
    expect(text).toContain('version 1.10');
    expect(text).toMatch(/Excel: +Data, From Text\/CSV/);
    expect(text.split('\r\n').filter((line) => line.length > 82)).toEqual([]);
  });

  it('says what a password needs', () => {
    expect(readmeTxt(someFacts({ passwordProtected: true }))).toContain('cannot be recovered');
  });
});
