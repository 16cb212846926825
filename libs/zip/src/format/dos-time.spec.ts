import fc from 'fast-check';
import { fromDosTime, toDosTime } from './dos-time.js';

describe('DOS time', () => {
  it('packs a moment in UTC into the fields of APPNOTE 4.4.6', () => {
    const packed = toDosTime(new Date('2026-03-01T09:30:59Z'));

    expect(packed).toEqual({ date: (46 << 9) | (3 << 5) | 1, time: (9 << 11) | (30 << 5) | 29 });
  });

  it('clamps moments outside 1980 to 2107', () => {
    expect(fromDosTime(toDosTime(new Date('1970-01-01T00:00:00Z')))).toEqual(new Date('1980-01-01T00:00:00Z'));
    expect(fromDosTime(toDosTime(new Date('2200-01-01T00:00:00Z')))).toEqual(new Date('2107-12-31T23:59:58Z'));
  });

  it('gives any moment of its range back, rounded down to two seconds', () => {
    const range = { min: new Date('1980-01-01T00:00:00Z'), max: new Date('2107-12-31T23:59:59Z'), noInvalidDate: true };

    fc.assert(
      fc.property(fc.date(range), (moment) => {
        expect(fromDosTime(toDosTime(moment)).getTime()).toBe(Math.floor(moment.getTime() / 2000) * 2000);
      }),
    );
  });
});
