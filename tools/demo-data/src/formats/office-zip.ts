import { zipSync, type Zippable } from 'fflate';

// DOS times carry no zone, and fflate takes them from the local clock: this instant is the same wall time everywhere.
const WALL_TIME = () => new Date(2025, 0, 1, 0, 0, 0);

// Readers that look at the first entries only (file(1)) tell a document from a workbook by the third one's folder.
const FOLDERS = ['[Content_Types].xml', '_rels/', 'word/document.xml', 'word/', 'xl/', 'docProps/'];

/** An Office Open XML package (ECMA-376-2): the content types first, then the parts in a fixed order. */
export function packOffice(parts: Readonly<Record<string, Uint8Array>>): Buffer {
  const entries: Zippable = {};
  for (const name of Object.keys(parts).sort(byPlace)) entries[name] = parts[name] ?? new Uint8Array();
  return Buffer.from(zipSync(entries, { level: 6, mtime: WALL_TIME() }));
}

function byPlace(left: string, right: string): number {
  return placeOf(left) - placeOf(right) || (left < right ? -1 : 1);
}

function placeOf(name: string): number {
  return FOLDERS.findIndex((folder) => name.startsWith(folder));
}
