import { csvRecords } from './csv-records.js';

/**
 * The rows of a table, with only these of its columns, from the text of each record: a head however wide costs a row
 * nothing. A column that the table lacks is empty. Throws `VALIDATION_FAILED`.
 */
export async function* tableRows<Column extends string>(
  texts: AsyncIterable<string>,
  columns: readonly Column[],
): AsyncGenerator<Readonly<Record<Column, string>>, void, undefined> {
  let places: readonly number[] | undefined;
  for await (const text of texts) {
    const [record] = csvRecords(text);
    if (!record) continue;
    const { cells } = record;
    if (places)
      yield rowOf(
        columns,
        places.map((at) => cells[at] ?? ''),
      );
    else places = columns.map((name) => cells.indexOf(name));
  }
}

function rowOf<Column extends string>(columns: readonly Column[], values: readonly string[]): Record<Column, string> {
  return Object.fromEntries(columns.map((name, at) => [name, values[at] ?? ''])) as Record<Column, string>;
}
