import { zoneClock } from '../display.js';
import type { OrgUnitFolders } from '../layout/org-unit-folders.js';
import type { ArchiveFacts } from '../record/archive-facts.js';
import type { CsvTable } from '../tables/csv-table.js';
import { documentsTable } from '../tables/documents-csv.js';
import { exceptionsTable, filesTable } from '../tables/files-csv.js';
import { versionsTable } from '../tables/versions-csv.js';
import { escapeHtml, pageFoot, pageHead, relativeHref } from './html.js';
import { pageStyle } from './page-style.js';

export const DATA_DICTIONARY_PATH = 'data/metadata/data-dictionary.html';

type Described = Pick<CsvTable<never>, 'path' | 'about'> & {
  readonly columns: readonly { readonly name: string; readonly meaning: string }[];
};

/** `data-dictionary.html`: every column of every table, from the definitions that write them. */
export function dataDictionary(facts: ArchiveFacts, folders: OrgUnitFolders): string {
  const tables: readonly Described[] = [documentsTable(folders), versionsTable, filesTable, exceptionsTable];
  const moment = escapeHtml(zoneClock(facts.account.timeZone).moment(facts.asAt));
  return (
    pageHead({ title: 'Data dictionary', style: pageStyle }) +
    `<aside class="notice" aria-label="Notice"><strong>UNCONTROLLED COPY</strong> as at ${moment}</aside>\n<main>\n` +
    `<h1>Data dictionary</h1>\n<p><a href="../index.html">All documents</a></p>\n${conventions}` +
    `${tables.map(section).join('')}${otherFiles}</main>\n${pageFoot()}`
  );
}

function section({ path, about, columns }: Described): string {
  const name = escapeHtml(path.slice(path.lastIndexOf('/') + 1));
  const rows = columns.map(
    ({ name: column, meaning }) =>
      `<tr><th scope="row">${escapeHtml(column)}</th><td>${escapeHtml(meaning)}</td></tr>\n`,
  );
  const href = relativeHref(path, 'data/metadata/');
  return (
    `<h2><a href="${href}">${name}</a></h2>\n<table>\n<caption>${escapeHtml(about)}</caption>\n` +
    `<thead><tr><th scope="col">Column</th><th scope="col">Meaning</th></tr></thead>\n<tbody>\n${rows.join('')}</tbody>\n</table>\n`
  );
}

const conventions = `<h2>How the tables are written</h2>
<ul>
<li>CSV as in RFC 4180: commas, double quotes, CRLF; UTF-8 with a byte order mark; the first line names the columns.</li>
<li>Times are ISO 8601 with their offset from UTC, as registered: 2025-01-31T09:00:00+00:00. Days are YYYY-MM-DD.</li>
<li>Several values in one field are joined by a semicolon and a space. Where a value itself holds one, documents.jsonl is exact.</li>
<li>Text that a spreadsheet would run as a formula (it begins with = + - @ or their full-width forms, also behind a semicolon, a tab or a line break) has an apostrophe before it, and so has a tab or a line break that a field begins with. It is not part of the value; documents.jsonl has none.</li>
<li>An empty field means that nothing was registered.</li>
<li>Of a path of organisational units with more than 600 characters the middle is left out: a single … stands for it.</li>
<li>The tables join by document_id, version_id and file_id.</li>
</ul>
`;

const otherFiles = `<h2><a href="documents.jsonl">documents.jsonl</a></h2>
<p>A line of JSON for each document of this archive, whole as it was registered: with all its versions, also those that the options left out, and every organisational unit id.</p>
<h2><a href="../provenance.json">provenance.json</a></h2>
<p>Who asked for what and when, and the counts. For documents, versions and files alike: expected = included + excluded by an option + exceptions. Each organisational unit with the one that it lies in, its path and its folder.</p>
`;
