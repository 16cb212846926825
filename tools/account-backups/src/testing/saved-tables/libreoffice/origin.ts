import { english, german, LOST, NO_HEAD, windows, type Program } from '../saved-table.js';

/** Debian 12, packages libreoffice-calc and libreoffice-l10n-de. */
export const libreOffice: Program = {
  name: 'LibreOffice 7.4.7.2',
  folder: 'libreoffice',
  settings:
    'tokens of the filter "Text - txt - csv (StarCalc)": separator, quote, character set, …, quote all, …, as shown',
  tables: [
    { ...english, file: 'stray-cell.csv', book: 'stray', settings: '44,34,76,1,,0,false,true,true' },
    { ...english, file: 'comma-utf-8.csv', book: 'unicode', settings: '44,34,76,1,,0,false,true,true' },
    { ...english, file: 'quoted-utf-8.csv', book: 'unicode', settings: '44,34,76,1,,0,true,true,true' },
    { ...german, file: 'semicolon-utf-8.csv', book: 'unicode', settings: '59,34,76,1,,0,false,true,true' },
    { ...english, file: 'tab-utf-16.csv', book: 'unicode', settings: '9,34,65535,1,,0,false,true,true' },
    { ...english, ...windows, file: 'comma-windows.csv', settings: '44,34,1,1,,0,false,true,true' },
    { ...german, ...windows, file: 'semicolon-windows.csv', settings: '59,34,1,1,,0,true,true,true' },
    { ...english, file: 'lines-utf-8.csv', book: 'lines', settings: '44,34,76,1,,0,false,true,true' },
    { ...german, file: 'lines-utf-16.csv', book: 'lines', settings: '59,34,65535,1,,0,false,true,true' },
    {
      ...english,
      file: 'typed-shown.csv',
      book: 'typed',
      settings: '44,34,76,1,,0,false,true,true',
      typed: ['0012', '1.10', '2026-01-31', false],
    },
    {
      ...german,
      file: 'typed-german.csv',
      book: 'typed',
      settings: '59,34,76,1,,0,false,true,true',
      typed: ['0012', '1,10', '2026-01-31', 'FALSCH'],
    },
    {
      ...english,
      file: 'typed-raw.csv',
      book: 'typed',
      settings: '44,34,76,1,,0,false,true,false',
      typed: ['12', '1.1', '2026-01-31', false],
    },
  ],
  refused: [
    {
      ...german,
      file: 'semicolon-windows-unnamed.csv',
      book: 'western',
      settings: '59,34,1,1,,0,false,true,true',
      refused: 'line 4: the byte 0xf6 is not UTF-8',
    },
    {
      ...english,
      ...windows,
      file: 'semicolon-dos.csv',
      settings: '59,34,4,1,,0,false,true,true',
      refused: LOST,
    },
    {
      ...english,
      file: 'comma-utf-7.csv',
      book: 'western',
      settings: '44,34,75,1,,0,false,true,true',
      refused: 'unknown column created+af8-at',
    },
    {
      ...english,
      file: 'colon-utf-8.csv',
      book: 'western',
      settings: '58,34,76,1,,0,false,true,true',
      refused: NO_HEAD,
    },
    {
      ...english,
      file: 'space-utf-8.csv',
      book: 'western',
      settings: '32,34,76,1,,0,false,true,true',
      refused: NO_HEAD,
    },
    {
      ...english,
      file: 'apostrophe-utf-8.csv',
      book: 'western',
      settings: '44,39,76,1,,0,false,true,true',
      refused: 'line 6: a quote',
    },
  ],
};
