import { tablesOf } from '../content/compose.js';
import { factsOf, type Manuscript, type Section, type Table } from '../content/manuscript.js';
import { escapeXml } from './escape-xml.js';

export function renderHtml(manuscript: Manuscript): Buffer {
  const title = escapeXml(manuscript.title);
  const facts = factsOf(manuscript).map(([name, value]) => `<dt>${name}</dt><dd>${escapeXml(value)}</dd>`);
  return Buffer.from(
    [
      '<!doctype html>',
      `<html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body>`,
      `<p>${escapeXml(manuscript.organisation)}</p><h1>${title}</h1><dl>${facts.join('')}</dl>`,
      ...manuscript.sections.map(htmlSection),
      '</body></html>\n',
    ].join('\n'),
  );
}

function htmlSection({ heading, paragraphs, steps, table }: Section): string {
  const items = steps ? `<ol>${steps.map((step) => `<li>${escapeXml(step)}</li>`).join('')}</ol>` : '';
  const text = paragraphs.map((paragraph) => `<p>${escapeXml(paragraph)}</p>`).join('');
  return `<h2>${escapeXml(heading)}</h2>${text}${items}${table ? htmlTable(table) : ''}`;
}

function htmlTable({ caption, columns, rows }: Table): string {
  const line = (cells: readonly string[], tag: string) =>
    `<tr>${cells.map((cell) => `<${tag}>${escapeXml(cell)}</${tag}>`).join('')}</tr>`;
  const body = rows.map((cells) => line(cells, 'td')).join('');
  return `<table><caption>${escapeXml(caption)}</caption>${line(columns, 'th')}${body}</table>`;
}

export function renderText(manuscript: Manuscript): Buffer {
  const facts = factsOf(manuscript).map(([name, value]) => `${name.padEnd(14)}${value}`);
  const sections = manuscript.sections.map(({ heading, paragraphs, steps = [], table }) =>
    [
      heading.toUpperCase(),
      ...paragraphs,
      ...steps.map((step, index) => `${String(index + 1).padStart(2)}. ${step}`),
      ...(table ? [table.caption, ...[table.columns, ...table.rows].map((cells) => cells.join(' | '))] : []),
    ].join('\r\n'),
  );
  return Buffer.from([manuscript.title, ...facts, '', sections.join('\r\n\r\n'), ''].join('\r\n'));
}

/** RFC 4180, UTF-8 without a mark: what an instrument writes. */
export function renderCsv(manuscript: Manuscript): Buffer {
  const [table] = tablesOf(manuscript);
  const lines = table ? [table.columns, ...table.rows] : factsOf(manuscript);
  return Buffer.from(lines.map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join(''));
}

function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
