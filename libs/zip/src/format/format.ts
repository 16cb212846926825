/** Numbers of the format; sections are APPNOTE.TXT 6.3.10. */

/** 4.3.7, 4.3.12, 4.3.14, 4.3.15, 4.3.16 */
export const SIGNATURE = {
  localHeader: 0x04034b50,
  centralHeader: 0x02014b50,
  zip64End: 0x06064b50,
  zip64Locator: 0x07064b50,
  end: 0x06054b50,
} as const;

/** Bytes of the records without their variable parts. */
export const RECORD_BYTES = { localHeader: 30, centralHeader: 46, zip64End: 56, zip64Locator: 20, end: 22 } as const;

/** 4.4.4 general purpose bits */
export const FLAG = { encrypted: 1, dataDescriptor: 1 << 3, utf8: 1 << 11 } as const;

/** 4.4.5 */
export const METHOD = { store: 0, deflate: 8, aes: 99 } as const;

/** 4.4.3.2 version needed to extract; AES is WinZip's 5.1 */
export const VERSION_NEEDED = { store: 10, deflate: 20, zip64: 45, aes: 51 } as const;

/** 4.4.2: upper byte 3 is UNIX, lower byte 63 is specification 6.3 */
export const MADE_BY_UNIX = (3 << 8) | 63;

/** 4.4.15 with UNIX as host: st_mode of a plain file, 0644, in the upper half */
export const PLAIN_FILE_ATTRIBUTES = (0o100644 << 16) >>> 0;

/** Values that mean "see the ZIP64 field": 4.3.9.2, 4.4.1.4 */
export const ESCAPE_16 = 0xffff;
export const ESCAPE_32 = 0xffffffff;
