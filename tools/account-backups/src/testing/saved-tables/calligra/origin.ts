import { english, german, windows, type Program } from '../saved-table.js';

/** Debian 12, package calligrasheets; through its window, for `calligraconverter` refuses CSV. */
export const calligraSheets: Program = {
  name: 'Calligra Sheets 3.2.1',
  folder: 'calligra',
  settings: 'what its window was told: File, Export',
  tables: [
    { ...english, file: 'comma-utf-8.csv', book: 'unicode', settings: 'UTF-8, comma, line feed' },
    {
      ...english,
      file: 'semicolon-utf-8.csv',
      book: 'unicode',
      settings: 'UTF-8, semicolon, carriage return and line feed',
    },
    {
      ...english,
      file: 'tab-utf-16.csv',
      book: 'unicode',
      settings: 'UTF-16, tabulator, carriage return and line feed',
    },
    {
      ...english,
      ...windows,
      file: 'semicolon-windows-cr.csv',
      settings: 'cp 1252, semicolon, carriage return',
    },
    {
      ...german,
      ...windows,
      file: 'semicolon-windows.csv',
      settings: 'cp 1252, semicolon, carriage return and line feed',
    },
    {
      ...english,
      file: 'typed.csv',
      book: 'typed',
      settings: 'UTF-8, comma, line feed',
      typed: ['12', '1.10', '2026-01-31', false],
    },
    {
      ...german,
      file: 'typed-german.csv',
      book: 'typed',
      settings: 'UTF-8, semicolon, line feed',
      typed: ['12', '1,10', '2026-01-31', 'Falsch'],
    },
  ],
  refused: [
    {
      ...english,
      file: 'stray-cell.csv',
      book: 'stray',
      settings: 'UTF-8, comma, line feed',
      refused: 'line 4: 14 cells, expected 12',
    },
    {
      ...english,
      file: 'lines-utf-8.csv',
      book: 'lines',
      settings: 'UTF-8, comma, carriage return and line feed',
      refused: 'there is no file 8',
    },
  ],
};
