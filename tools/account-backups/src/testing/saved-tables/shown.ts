// What the workbooks beside this file show, as an import should have it.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readFolder } from '../../import/folder.js';
import type { FileMetadata } from '../../import/metadata.js';
import type { SavedTable } from './saved-table.js';

type Shown = Readonly<Record<string, FileMetadata>>;

const western: Shown = {
  'plain.txt': {
    index: '0012',
    title: 'Plain',
    type: 'SOP',
    owners: ['Ada'],
    version: '1.10',
    createdAt: '2026-01-31',
    reviewFrequencyMonths: 12,
  },
  'Größe & Maß.txt': {
    index: '0013',
    title: 'Prüfung „Größe“ – 5 € × 3, Ångström',
    category: 'Qualität',
    section: '§ 4',
    owners: ['Zoë', 'Jürgen'],
    authors: ['Ada'],
    version: '2.0',
  },
  'a;b, c.txt': {
    index: '1;2',
    title: 'One, two; three',
    category: '; ,',
    section: ',;',
    owners: [],
    version: '1,10',
  },
  'quotes.txt': {
    index: '"',
    title: '"Quoted" and 12" pipe; "',
    category: '""',
    section: 'a","b',
    owners: [`5' 7"`],
    authors: ["it's"],
  },
  'tabs.txt': { title: 'before\tbehind' },
  'long.txt': { title: 'One, two; "three" – ä '.repeat(60).trim() },
  'numbers.txt': {
    index: '1E5',
    title: '007',
    type: '1/2',
    category: '=1+1',
    section: '-',
    owners: ['+49 30'],
    authors: ['@x'],
    version: '1.10.0',
    createdAt: '31.12.2026',
    active: false,
  },
};

const BOOKS: Readonly<Record<SavedTable['book'], Shown>> = {
  western,
  unicode: {
    ...western,
    '日本/試料の取り扱い.txt': {
      index: '試料-1',
      title: '試料の取り扱い 👩🏽‍🔬, “漢字”; ﷽',
      type: '手順',
      category: 'Ω≠∞',
      section: 'Дом',
      owners: ['Жанна', '李'],
      version: '1.0',
    },
    'emoji 😀.txt': { title: '😀' },
  },
  lines: {
    'before.txt': { title: 'Before' },
    'lines.txt': {
      index: '7\n8',
      title: 'First line\nsecond, line; "three"\n\nfifth',
      type: 'SOP',
      owners: ['Ada', 'Zoë'],
    },
    'behind.txt': { title: 'Behind' },
  },
  stray: { 'one.txt': { index: '1', title: 'One' }, 'two.txt': { index: '2', title: 'Two' } },
  typed: { 'typed.txt': { title: 'Typed as numbers, a day and a truth', reviewFrequencyMonths: 12 } },
};

/** What an import of the files that a workbook names takes from a table, and all that it finds wrong. */
export async function importOf({ book, encoding }: SavedTable, table: Uint8Array) {
  const folder = await mkdtemp(join(tmpdir(), 'saved-table-'));
  try {
    for (const path of Object.keys(BOOKS[book])) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), '');
    }
    await writeFile(join(folder, 'metadata.csv'), table);
    const { files, faults } = await readFolder(folder, encoding);
    return { metadata: Object.fromEntries(files.map(({ path, metadata }) => [path, metadata])), faults };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What the workbook of a table shows, file by file. */
export function shownIn({ book, typed }: SavedTable): Shown {
  if (!typed) return BOOKS[book];
  const [index, version, createdAt, active] = typed;
  const { 'typed.txt': metadata } = BOOKS.typed;
  return { 'typed.txt': { ...metadata, index, version, createdAt, active: active !== false } };
}

/** Parts of what an import says of a table: in a language of its own, a truth is neither. */
export function faultsIn({ typed: [, , , active] = ['', '', '', true] }: SavedTable): readonly string[] {
  return typeof active === 'string' ? [`active is ${active}`] : [];
}
