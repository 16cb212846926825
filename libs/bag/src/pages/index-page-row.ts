import type { RegisteredVersion } from '@account-backups/contracts';
import { sizeText, stateText, type ZoneClock } from '../display.js';
import type { OrgUnitFolders } from '../layout/org-unit-folders.js';
import type { ArchivedFile, ArchiveException, ArchiveRecord } from '../record/archive-record.js';
import { escapeHtml, isolated, relativeHref, webHref } from './html.js';

/** Where the page lies: links are relative to it. */
const INDEX_FOLDER = 'data/';

/** A row of the index page: six cells, whose order the page's script knows. */
export function indexRow(record: ArchiveRecord, folders: OrgUnitFolders, clock: ZoneClock): string {
  const { document } = record;
  const orgUnits = record.orgUnitIds.map((orgUnitId) => `<li>${isolated(folders.namesOf(orgUnitId).join(' › '))}</li>`);
  return (
    `<tr><th scope="row">${isolated(document.index)}</th>` +
    `<td><span class="key">${isolated(document.title)}</span>${details(record, clock)}</td>` +
    `<td>${isolated(document.type)}</td><td>${document.active ? 'Active' : 'Inactive'}</td>` +
    `<td><ul>${orgUnits.join('')}</ul></td><td>${versionList(record)}</td></tr>\n`
  );
}

function details({ document }: ArchiveRecord, clock: ZoneClock): string {
  const { category, section, owners, nextReviewAt } = document;
  const parts = [
    category && isolated(category),
    section && isolated(section),
    owners.length > 0 && `Owner: ${isolated(owners.join(', '))}`,
    nextReviewAt && `Next review: ${escapeHtml(clock.day(nextReviewAt))}`,
  ].filter(Boolean);
  return parts.length > 0 ? `<p>${parts.join(' · ')}</p>` : '';
}

function versionList({ document, versionIds, files, exceptions }: ArchiveRecord): string {
  const included = new Set(versionIds);
  const filesOf = byVersion(files);
  const absentOf = byVersion(exceptions);
  const items = document.versions
    .filter(({ versionId }) => included.has(versionId))
    .map((version) => versionItem(version, filesOf.get(version.versionId), absentOf.get(version.versionId)));
  return items.length > 0 ? `<ul>${items.join('')}</ul>` : '<small>No version</small>';
}

function byVersion<Item extends { readonly versionId: string | null }>(items: readonly Item[]) {
  const groups = new Map<string | null, Item[]>();
  for (const item of items) {
    const group = groups.get(item.versionId);
    if (group) group.push(item);
    else groups.set(item.versionId, [item]);
  }
  return groups;
}

function versionItem(
  version: RegisteredVersion,
  files: readonly ArchivedFile[] = [],
  absent: readonly ArchiveException[] = [],
): string {
  const main = files.filter(({ kind }) => kind === 'main').map(fileLink);
  const attachments = files.filter(({ kind }) => kind === 'attachment').map((file) => `<li>${fileLink(file)}</li>`);
  const lines = [...attachments, ...absent.map((exception) => `<li>${absentFile(exception)}</li>`)];
  const external = version.externalUrl ? [externalLink(version.externalUrl)] : [];
  const shown = [...main, ...external];
  const nothing = shown.length === 0 && lines.length === 0 ? ['<small>no file</small>'] : [];
  return (
    `<li><b>${isolated(version.number)}</b> <span class="state ${stateClass(version)}">${escapeHtml(stateText(version.state))}</span> ` +
    `${[...shown, ...nothing].join(' ')}${lines.length > 0 ? `<ul>${lines.join('')}</ul>` : ''}</li>`
  );
}

function stateClass({ state }: RegisteredVersion): string {
  return state.replace(/[^a-z_]/g, '');
}

function fileLink({ path, originalName, sizeBytes }: ArchivedFile): string {
  const name = originalName || path.slice(path.lastIndexOf('/') + 1);
  return `<a href="${relativeHref(path, INDEX_FOLDER)}">${isolated(name)}</a> <small>${sizeText(sizeBytes)}</small>`;
}

function absentFile({ originalName, fileId, code, message }: ArchiveException): string {
  const name = isolated(originalName || fileId || 'File');
  return `<span class="absent">${name}: not included (${escapeHtml(code)})</span> <small>${escapeHtml(message)}</small>`;
}

function externalLink(url: string): string {
  const href = webHref(url);
  if (href === null) return `${isolated(url)} <small>external</small>`;
  return `<a href="${escapeHtml(href)}" rel="external noreferrer noopener">${isolated(url)}</a> <small>external</small>`;
}
