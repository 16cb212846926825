// Tables saved here and now, by each spreadsheet program that is installed; those kept are read everywhere, by
// saved-tables.spec.ts. Where a command is not at its usual place, SOFFICE, SSCONVERT and X2T say where it is. With
// KEEP=1 the tables are kept there.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { SavedTable } from '../../../tools/account-backups/src/testing/saved-tables/saved-table.js';
import { faultsIn, importOf, shownIn } from '../../../tools/account-backups/src/testing/saved-tables/shown.js';
import { installedPrograms } from './spreadsheet-programs.js';

const BOOKS = fileURLToPath(new URL('../../../tools/account-backups/src/testing/saved-tables/', import.meta.url));

const german = { env: { ...process.env, LC_ALL: 'de_DE.UTF-8' } };
const knowsGerman = await promisify(execFile)('locale', ['decimal_point'], german).then(
  ({ stdout }) => stdout.startsWith(','),
  () => false,
);
const programs = await Promise.all(
  installedPrograms.map(async (program) => ({ ...program, isThere: await program.isThere() })),
);

describe.each(programs)(
  '$name or another version (skipped where it is not installed: $variable says where it is)',
  (program) => {
    const { isThere, needsLocale, tables, refused, save } = program;
    const test = isThere ? it : it.skip;
    const can = ({ locale }: SavedTable) => !needsLocale || locale === 'en_US' || knowsGerman;
    let parent: string;
    beforeAll(async () => (parent = await mkdtemp(join(tmpdir(), 'spreadsheets-'))));
    afterAll(() => rm(parent, { recursive: true, force: true }));

    async function saved(table: SavedTable): Promise<Buffer> {
      const folder = join(parent, table.file);
      await mkdir(folder);
      const bytes = await save({ book: join(BOOKS, `${table.book}.xlsx`), folder, table });
      if (process.env['KEEP']) await writeFile(join(BOOKS, program.folder, table.file), bytes);
      return bytes;
    }

    test.each(tables.filter(can))('saves what is imported as it was shown: $file', async (table) => {
      const faults = faultsIn(table).map((fault) => expect.stringContaining(fault));
      expect(await importOf(table, await saved(table))).toEqual({ metadata: shownIn(table), faults });
    });

    test.each(refused.filter(can))('saves what is refused: $file', async (table) => {
      const { faults } = await importOf(table, await saved(table));
      expect(faults).toContainEqual(expect.stringContaining(table.refused));
    });
  },
);
