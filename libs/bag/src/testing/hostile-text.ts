import fc from 'fast-check';

const awkward = fc.constantFrom(
  ...['CON', 'nul', 'COM1', 'lpt²', '..', '.', ' ', '/', '\\', ':', '\u0000', '\r\n', '\u202E', '\u200B', '\uFEFF'],
  ...[
    '\uD800',
    '\uDC00',
    'e\u0301',
    'é',
    'É',
    'ß',
    'SS',
    'ı',
    'İ',
    'K',
    '\u212A',
    'ﬁ',
    '👩🏽‍🚀',
    '\u0338',
    '<',
    '%41',
    '~',
  ],
  ...['.pdf', '.PDF', '=1+1', '<b>', '"', "'", '&amp;', '\u0300\u0301\u0302', '\u{10FFFF}', '\uE000', '\u2028', '한'],
);

/** Any text that could come out of a register, and some that could not. */
export const anyText = fc
  .array(fc.oneof(awkward, fc.string({ unit: 'binary', maxLength: 20 }), fc.string({ maxLength: 100 })), {
    maxLength: 8,
  })
  .map((parts) => parts.join(''));
