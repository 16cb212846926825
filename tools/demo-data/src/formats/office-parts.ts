// Parts that every Office Open XML package has (ECMA-376-2).
import type { Manuscript } from '../content/manuscript.js';
import { escapeXml } from './escape-xml.js';

export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
export const OFFICE_RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const CORE = 'core-properties';

/** Relationship `rId1`, `rId2`… for each type and target, in order. */
export function relationships(targets: readonly (readonly [string, string])[]): string {
  const items = targets.map(([type, target], index) => {
    const base = type === CORE ? `${PACKAGE}/relationships/metadata` : OFFICE_RELATIONS;
    return `<Relationship Id="rId${index + 1}" Type="${base}/${type}" Target="${target}"/>`;
  });
  return `<Relationships xmlns="${PACKAGE}/relationships">${items.join('')}</Relationships>`;
}

/** Media types of the parts; relationships and properties are known already. */
export function contentTypes(parts: Readonly<Record<string, string>>): string {
  const all = { ...parts, 'docProps/core.xml': 'application/vnd.openxmlformats-package.core-properties+xml' };
  const overrides = Object.entries(all).map(([name, type]) => `<Override PartName="/${name}" ContentType="${type}"/>`);
  return [
    `<Types xmlns="${PACKAGE}/content-types">`,
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
    '<Default Extension="xml" ContentType="application/xml"/>',
    ...overrides,
    '</Types>',
  ].join('');
}

export function coreProperties({ title, author, index, version, createdAt }: Manuscript): string {
  const date = (name: string) =>
    `<dcterms:${name} xsi:type="dcterms:W3CDTF">${createdAt.slice(0, 19)}Z</dcterms:${name}>`;
  return [
    `<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"`,
    ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">',
    `<dc:title>${escapeXml(title)}</dc:title><dc:subject>${escapeXml(`${index} version ${version}`)}</dc:subject>`,
    `<dc:creator>${escapeXml(author)}</dc:creator>${date('created')}${date('modified')}`,
    '</cp:coreProperties>',
  ].join('');
}
