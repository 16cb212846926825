// How a workbook is saved as CSV by the programs that can be told so in a command.
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { gnumeric } from '../../../tools/account-backups/src/testing/saved-tables/gnumeric/origin.js';
import { libreOffice } from '../../../tools/account-backups/src/testing/saved-tables/libreoffice/origin.js';
import { onlyOffice } from '../../../tools/account-backups/src/testing/saved-tables/onlyoffice/origin.js';
import type { Program, SavedTable } from '../../../tools/account-backups/src/testing/saved-tables/saved-table.js';

const run = promisify(execFile);
const OFFICE = process.env['SOFFICE'] || 'soffice';
const CONVERTER = process.env['SSCONVERT'] || 'ssconvert';
const X2T = process.env['X2T'] || '/opt/onlyoffice/desktopeditors/converter/x2t';

interface Saving {
  /** The workbook. */
  readonly book: string;
  /** A folder of this saving alone. */
  readonly folder: string;
  readonly table: SavedTable;
}

export interface InstalledProgram extends Program {
  /** The variable that says where its command is. */
  readonly variable: string;
  readonly isThere: () => Promise<boolean>;
  /** Whether it writes numbers as a country does only where the machine knows that country. */
  readonly needsLocale: boolean;
  readonly save: (saving: Saving) => Promise<Buffer>;
}

const answers = (command: string, ...options: readonly string[]) =>
  run(command, options).then(
    () => true,
    () => false,
  );

const environment = ({ locale }: SavedTable) => ({ ...process.env, LC_ALL: `${locale}.UTF-8` });

export const installedPrograms: readonly InstalledProgram[] = [
  {
    ...libreOffice,
    variable: 'SOFFICE',
    isThere: () => answers(OFFICE, '--version'),
    needsLocale: false,
    save: saveWithLibreOffice,
  },
  {
    ...gnumeric,
    variable: 'SSCONVERT',
    isThere: () => answers(CONVERTER, '--version'),
    needsLocale: true,
    save: saveWithGnumeric,
  },
  {
    ...onlyOffice,
    variable: 'X2T',
    isThere: () => answers('test', '-x', X2T),
    needsLocale: false,
    save: saveWithX2t,
  },
];

async function saveWithLibreOffice({ book, folder, table }: Saving): Promise<Buffer> {
  const profile = `-env:UserInstallation=${pathToFileURL(join(dirname(folder), `profile-${table.locale}`)).href}`;
  const filter = `csv:Text - txt - csv (StarCalc):${table.settings}`;
  const options = [profile, '--headless', '--convert-to', filter, '--outdir', folder, book];
  await run(OFFICE, options, { env: environment(table) });
  return readFile(join(folder, `${basename(book, extname(book))}.csv`));
}

async function saveWithGnumeric({ book, folder, table }: Saving): Promise<Buffer> {
  const target = join(folder, 'saved.csv');
  const exporter =
    table.settings === '' ? ['Gnumeric_stf:stf_csv'] : ['Gnumeric_stf:stf_assistant', '-O', table.settings];
  await run(CONVERTER, ['-T', ...exporter, book, target], { env: environment(table) });
  return readFile(target);
}

async function saveWithX2t({ book, folder, table }: Saving): Promise<Buffer> {
  const [encoding, separator] = table.settings.split(',');
  const [order, target] = [join(folder, 'order.xml'), join(folder, 'saved.csv')];
  const CSV = 260;
  const asked = {
    m_sFileFrom: book,
    m_sFileTo: target,
    m_nFormatTo: CSV,
    m_nCsvTxtEncoding: encoding,
    m_nCsvDelimiter: separator,
  };
  const elements = Object.entries(asked).map(([name, value]) => `<${name}>${value}</${name}>`);
  await writeFile(order, `<TaskQueueDataConvert>${elements.join('')}</TaskQueueDataConvert>`);
  await run(X2T, [order], { env: { ...process.env, LD_LIBRARY_PATH: dirname(X2T) } });
  return readFile(target);
}
