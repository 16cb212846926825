// What is told of each saved table; README.md beside this file says more.

/** A table that a spreadsheet program saved from one of the workbooks beside it. */
export interface SavedTable {
  readonly file: string;
  readonly book: 'western' | 'unicode' | 'lines' | 'typed' | 'stray';
  /** How numbers, days and truths are written. */
  readonly locale: 'en_US' | 'de_DE';
  /** As the program takes them: `settings` of the program says how. */
  readonly settings: string;
  /** What `import --encoding` is told. */
  readonly encoding?: string;
  /** What the cells of `typed` show there: index, version, day, truth. */
  readonly typed?: readonly [index: string, version: string, createdAt: string, active: boolean | string];
}

/** One that an import cannot read. */
interface RefusedTable extends SavedTable {
  /** What the import says. */
  readonly refused: string;
}

export interface Program {
  /** With its version. */
  readonly name: string;
  /** The folder of its tables. */
  readonly folder: string;
  readonly settings: string;
  readonly tables: readonly SavedTable[];
  readonly refused: readonly RefusedTable[];
}

export const english = { locale: 'en_US' } as const;
export const german = { locale: 'de_DE' } as const;
export const windows = { book: 'western', encoding: 'windows-1252' } as const;
export const NO_HEAD = 'expected a column named path; cells are separated by';
export const LOST = 'is no letter';
