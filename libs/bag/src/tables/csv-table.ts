import type { ArchiveException, ArchiveRecord } from '../record/archive-record.js';
import type { BagText } from '../record/bag-text.js';
import { CSV_BOM, csvRow, type CsvValue } from './csv.js';

/** A column: what the data dictionary says of it, and its value in a row. */
interface CsvColumn<Row> {
  readonly name: string;
  readonly meaning: string;
  readonly value: (row: Row) => CsvValue;
}

export interface CsvTable<Row> {
  readonly path: string;
  /** One sentence for the data dictionary. */
  readonly about: string;
  readonly columns: readonly CsvColumn<Row>[];
  readonly rowsOf: (record: ArchiveRecord) => readonly Row[];
  /** The row of a document that has no place in the archive, in a table that tells of it. */
  readonly absentRowOf?: (exception: ArchiveException) => Row;
}

/** The table as a text of the bag: byte order mark, header, a line for each row. */
export function csvText<Row>({ path, columns, rowsOf, absentRowOf }: CsvTable<Row>): BagText {
  const line = (row: Row) => csvRow(columns.map(({ value }) => value(row)));
  return {
    path,
    head: () => CSV_BOM + csvRow(columns.map(({ name }) => name)),
    rows: (record) => rowsOf(record).map(line).join(''),
    ...(absentRowOf && { absentRows: (exception: ArchiveException) => line(absentRowOf(exception)) }),
    foot: () => '',
  };
}
