import type { DataSource } from 'typeorm';

/** The next number of a sequence, which is named with its schema. */
export async function nextOf(database: DataSource, sequence: string): Promise<number> {
  const [row] = await database.query<[{ value: string }]>('SELECT nextval($1) AS value', [sequence]);
  return Number(row.value);
}
