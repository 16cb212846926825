import { english, LOST, NO_HEAD, windows, type Program } from '../saved-table.js';

/** The engine of its editors, from the package document-builder of PyPI. */
export const onlyOffice: Program = {
  name: 'ONLYOFFICE 10.0.0.170',
  folder: 'onlyoffice',
  settings: 'encoding and separator of x2t: m_nCsvTxtEncoding, m_nCsvDelimiter',
  tables: [
    { ...english, file: 'comma-utf-8.csv', book: 'unicode', settings: '46,4' },
    { ...english, file: 'semicolon-utf-8.csv', book: 'unicode', settings: '46,2' },
    { ...english, file: 'tab-utf-16le.csv', book: 'unicode', settings: '48,1' },
    { ...english, file: 'semicolon-utf-16be.csv', book: 'unicode', settings: '49,2' },
    { ...english, ...windows, file: 'semicolon-windows.csv', settings: '44,2' },
    { ...english, file: 'lines-utf-8.csv', book: 'lines', settings: '46,2' },
    {
      ...english,
      file: 'typed.csv',
      book: 'typed',
      settings: '46,4',
      typed: ['0012', '1.10', '2026-01-31', false],
    },
  ],
  refused: [
    { ...english, file: 'stray-cell.csv', book: 'stray', settings: '46,4', refused: 'line 4: 14 cells, expected 13' },
    {
      ...english,
      file: 'lost-windows.csv',
      book: 'unicode',
      encoding: 'windows-1252',
      settings: '44,2',
      refused: LOST,
    },
    { ...english, file: 'comma-utf-32.csv', book: 'western', settings: '50,4', refused: LOST },
    { ...english, file: 'colon-utf-8.csv', book: 'western', settings: '46,3', refused: NO_HEAD },
  ],
};
