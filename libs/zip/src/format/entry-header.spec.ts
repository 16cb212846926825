import fc from 'fast-check';
import { centralHeader, localHeader, localHeaderSize } from './entry-header.js';
import type { EntryFacts } from './entry-record.js';

const facts: EntryFacts = {
  name: 'é',
  method: 'store',
  crc32: 0x11223344,
  compressedSizeBytes: 5,
  sizeBytes: 5,
  modifiedAt: '2026-03-01T09:30:01.500Z',
  encrypted: false,
};
const ESCAPE = 0xffffffff;

describe('local header', () => {
  it('holds final sizes and CRC, the UTF-8 flag and an unambiguous time', () => {
    expect(localHeader(facts).toString('hex')).toBe(
      '504b0304' +
        '0a00' +
        '0008' +
        '0000' +
        'c04b' +
        '615c' +
        '44332211' +
        '05000000' +
        '05000000' +
        '0200' +
        '0900' +
        'c3a9' +
        '5554' +
        '0500' +
        '01' +
        '1907a469',
    );
  });

  it('hides method and CRC of an encrypted entry, as AE-2 demands', () => {
    const header = localHeader({ ...facts, method: 'deflate', encrypted: true, compressedSizeBytes: 33 });

    expect([header.readUInt16LE(4), header.readUInt16LE(6), header.readUInt16LE(8)]).toEqual([51, 0x0801, 99]);
    expect(header.readUInt32LE(14)).toBe(0);
    expect(header.subarray(-11).toString('hex')).toBe('01990700' + '0200' + '4145' + '03' + '0800');
  });

  it.each([ESCAPE - 1, ESCAPE, ESCAPE + 1, ESCAPE + 2])(
    'uses ZIP64 for %d bytes only from the escape on',
    (sizeBytes) => {
      const header = localHeader({ ...facts, sizeBytes, compressedSizeBytes: sizeBytes });

      const zip64 = header.subarray(32, 52).toString('hex').startsWith('01001000');
      expect(zip64).toBe(sizeBytes >= ESCAPE);
      expect(header.readUInt16LE(4)).toBe(zip64 ? 45 : 10);
      expect(zip64 ? Number(header.readBigUInt64LE(36)) : header.readUInt32LE(22)).toBe(sizeBytes);
    },
  );

  it('has the size that was computed without making it', () => {
    const size = fc.oneof(fc.nat(), fc.integer({ min: ESCAPE - 2, max: ESCAPE + 2 }));
    const times = fc.date({ min: new Date('0001-01-01'), max: new Date('2200-01-01'), noInvalidDate: true });
    const entry = fc.record({
      name: fc.constantFrom('a', 'é/x.pdf', '日本語', '😀'),
      method: fc.constantFrom('store' as const, 'deflate' as const),
      crc32: fc.constant(7),
      sizeBytes: size,
      compressedSizeBytes: size,
      encrypted: fc.boolean(),
      modifiedAt: times.map((time) => time.toISOString()),
    });
    fc.assert(fc.property(entry, (each) => expect(localHeaderSize(each)).toBe(localHeader(each).length)));
  });

  it('carries both sizes when only one of them needs ZIP64', () => {
    const header = localHeader({ ...facts, method: 'deflate', sizeBytes: ESCAPE, compressedSizeBytes: 4_000 });

    expect([header.readUInt32LE(18), header.readUInt32LE(22)]).toEqual([ESCAPE, ESCAPE]);
    expect([header.readBigUInt64LE(36), header.readBigUInt64LE(44)]).toEqual([BigInt(ESCAPE), 4_000n]);
  });

  it.each([
    ['2040-01-01T00:00:00Z', 'dos', ''],
    ['1950-01-01T00:00:00Z', 'unix', '55540500' + '01' + '806261da'],
  ] as const)('is made again as it was read, with %s told by %s', (modifiedAt, timeField, extra) => {
    const header = localHeader({ ...facts, modifiedAt, timeField });
    expect(header.subarray(32).toString('hex')).toBe(extra);
    expect(localHeaderSize({ ...facts, modifiedAt, timeField })).toBe(header.length);
  });

  it.each([{ sizeBytes: -1 }, { sizeBytes: 1.5 }, { compressedSizeBytes: 2 ** 53 }, { modifiedAt: 'yesterday' }])(
    'refuses %j',
    (wrong) => {
      expect(() => localHeader({ ...facts, ...wrong })).toThrow(expect.objectContaining({ code: 'INVALID_ENTRY' }));
    },
  );
});

describe('central header', () => {
  it('describes a plain UNIX file, 0644, at its offset', () => {
    const header = centralHeader(facts, 0x01020304);

    expect(header.readUInt16LE(4)).toBe((3 << 8) | 63);
    expect(header.readUInt32LE(38) >>> 16).toBe(0o100644);
    expect(header.readUInt32LE(42)).toBe(0x01020304);
  });

  it('carries only the offset when only the offset needs ZIP64', () => {
    const header = centralHeader(facts, ESCAPE);

    expect(header.readUInt32LE(42)).toBe(ESCAPE);
    expect([header.readUInt32LE(20), header.readUInt32LE(24)]).toEqual([5, 5]);
    expect(header.subarray(48, 60).toString('hex')).toBe('01000800' + 'ffffffff00000000');
    expect(header.readUInt16LE(6)).toBe(45);
  });
});
