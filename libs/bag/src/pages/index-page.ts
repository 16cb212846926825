import { exceptionCountOf } from '@account-backups/contracts';
import { numberText, optionsText, sizeText, zoneClock } from '../display.js';
import type { OrgUnitFolders } from '../layout/org-unit-folders.js';
import type { ArchiveFacts } from '../record/archive-facts.js';
import type { BagText } from '../record/bag-text.js';
import { escapeHtml, isolated, pageFoot, pageHead } from './html.js';
import { indexRow } from './index-page-row.js';
import { indexPageEarlyScript, indexPageScript } from './index-page-script.js';
import { indexPageStyle } from './index-page-style.js';

/**
 * `index.html`: every document in one table, which can be read without JavaScript and, with it, searched, filtered and
 * sorted. The rows stream: a million of them need no more memory than one.
 */
export function indexPage(facts: ArchiveFacts, folders: OrgUnitFolders): BagText {
  const clock = zoneClock(facts.account.timeZone);
  return {
    path: 'data/index.html',
    head: () => head(facts),
    rows: (record) => indexRow(record, folders, clock),
    foot: () => foot(facts),
  };
}

function head(facts: ArchiveFacts): string {
  const title = `${facts.account.name}: controlled documents (uncontrolled copy)`;
  const moment = escapeHtml(zoneClock(facts.account.timeZone).moment(facts.asAt));
  return (
    pageHead({ title, style: indexPageStyle, earlyScript: indexPageEarlyScript, script: indexPageScript }) +
    `<aside class="notice" aria-label="Notice"><strong>UNCONTROLLED COPY</strong> as at ${moment}. ` +
    'Compare with the current version before you rely on a document.</aside>\n' +
    `<header>\n<h1>${isolated(facts.account.name)}</h1>\n` +
    `<div class="soft">Controlled documents: ${optionsText(facts.options)}</div>\n${figures(facts)}</header>\n` +
    `<main>\n${finder}<p class="found soft" id="found" role="status">${numberText(facts.tally.documents.included)} ` +
    `documents</p>\n${tableHead(moment)}`
  );
}

function figures({ tally }: ArchiveFacts): string {
  const exceptionCount = exceptionCountOf(tally);
  const exceptions = numberText(exceptionCount);
  const missing = exceptionCount > 0 ? `<a href="exceptions.csv" class="absent">${exceptions}</a>` : exceptions;
  const all = [
    ['Documents', numberText(tally.documents.included)],
    ['Versions', numberText(tally.versions.included)],
    ['Files', numberText(tally.files.included)],
    ['Size', sizeText(tally.sizeBytes)],
    ['Could not be included', missing],
  ];
  return `<dl class="facts">${all.map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`).join('')}</dl>\n`;
}

const finder = `<form class="finder screen" id="finder" role="search" aria-label="Documents" hidden>
<label>Search<input id="words" type="search" autocomplete="off" spellcheck="false" placeholder="Index, title, owner, file name…"></label>
<label>Organisational unit<select id="orgUnit"><option value="">All</option></select></label>
<label>Type<select id="type"><option value="">All</option></select></label>
<label>Version state<select id="state"><option value="">All</option></select></label>
<label>Status<select id="active"><option value="">All</option></select></label>
<button type="reset">Clear</button>
</form>
<noscript><p class="soft screen">Use your browser’s search (Ctrl+F or ⌘F) to find a document by index, title, type, state or unit.</p></noscript>
`;

function tableHead(moment: string): string {
  return `<div class="documents" role="region" aria-label="Documents" tabindex="0">
<table>
<caption>Documents of this archive. Uncontrolled copy as at ${moment}</caption>
<colgroup><col class="c1"><col><col class="c3"><col class="c4"><col class="c5"><col class="c6"></colgroup>
<thead><tr class="every-page"><td colspan="6">UNCONTROLLED COPY as at ${moment}</td></tr>
<tr><th scope="col">Index</th><th scope="col">Title</th><th scope="col">Type</th>\
<th scope="col">Status</th><th scope="col">Organisational units</th>\
<th scope="col">Versions and files</th></tr></thead>
<tbody id="rows">
`;
}

function foot({ backupId, requestedBy, requestedAt, account, software }: ArchiveFacts): string {
  const requested = escapeHtml(zoneClock(account.timeZone).moment(requestedAt));
  return `</tbody>
</table>
</div>
<p class="more screen" id="pager"><button type="button" id="more" class="more" hidden>Show more</button></p>
</main>
<footer>
<p>More: <a href="../README.txt">how to open and verify</a> · <a href="metadata/documents.csv">documents.csv</a> · \
<a href="metadata/versions.csv">versions.csv</a> · <a href="metadata/files.csv">files.csv</a> · \
<a href="metadata/documents.jsonl">documents.jsonl</a> · <a href="metadata/data-dictionary.html">what the columns mean</a> · \
<a href="exceptions.csv">exceptions</a> · <a href="provenance.json">provenance</a></p>
<p>Requested by ${isolated(requestedBy.name)}, ${requested}. Backup ${escapeHtml(backupId)}. \
Made by ${escapeHtml(software.name)} ${escapeHtml(software.version)}.</p>
</footer>
${pageFoot(indexPageScript)}`;
}
