// Tables as spreadsheet programs save them; a test of integration saves them anew where the programs are installed.
import { readFileSync, readdirSync } from 'node:fs';
import { calligraSheets } from '../testing/saved-tables/calligra/origin.js';
import { gnumeric } from '../testing/saved-tables/gnumeric/origin.js';
import { libreOffice } from '../testing/saved-tables/libreoffice/origin.js';
import { onlyOffice } from '../testing/saved-tables/onlyoffice/origin.js';
import { faultsIn, importOf, shownIn } from '../testing/saved-tables/shown.js';

const programs = [libreOffice, gnumeric, onlyOffice, calligraSheets];

describe.each(programs)('a table saved by $name', ({ folder, tables, refused }) => {
  const place = new URL(`../testing/saved-tables/${folder}/`, import.meta.url);
  const saved = (file: string) => readFileSync(new URL(file, place));

  it.each(tables)('is imported as it was shown: $file', async (table) => {
    const faults = faultsIn(table).map((fault) => expect.stringContaining(fault));
    expect(await importOf(table, saved(table.file))).toEqual({ metadata: shownIn(table), faults });
  });

  it.each(refused)('is refused: $file', async (table) => {
    const { faults } = await importOf(table, saved(table.file));
    expect(faults).toContainEqual(expect.stringContaining(table.refused));
  });

  it('has its origin told', () => {
    const kept = readdirSync(place).filter((file) => file.endsWith('.csv'));
    expect(new Set([...tables, ...refused].map(({ file }) => file))).toEqual(new Set(kept));
  });
});
