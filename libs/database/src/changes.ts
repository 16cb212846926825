// For `UPDATE` and `DELETE`, to which TypeORM answers [rows, count] instead of rows.
import type { DataSource, EntityManager } from 'typeorm';

type Connection = Pick<DataSource | EntityManager, 'query'>;

/** Runs an `UPDATE` or `DELETE … RETURNING` and gives the rows that it returns. */
export async function changedRows<T>(connection: Connection, sql: string, values: readonly unknown[]): Promise<T[]> {
  const [rows] = await connection.query<[T[], number]>(sql, [...values]);
  return rows;
}

/** Runs an `UPDATE` or `DELETE` and says whether it changed any row. */
export async function changedAny(connection: Connection, sql: string, values: readonly unknown[]): Promise<boolean> {
  const [, count] = await connection.query<[unknown[], number]>(sql, [...values]);
  return count > 0;
}
