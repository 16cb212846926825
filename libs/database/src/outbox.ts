// Rows that wait to be told elsewhere, written in the transaction of what they tell of.
import { Column, Entity, PrimaryGeneratedColumn, type DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import { changedAny } from './changes.js';

/** A record that `download-audit` has not taken yet. Each service with changes to tell of has such a table. */
@Entity({ name: 'trail_outbox' })
export class TrailOutboxEntity {
  @PrimaryGeneratedColumn('identity', {
    name: 'place',
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'trail_outbox_key',
  })
  readonly place!: string;

  @Column({ name: 'record', type: 'jsonb' })
  readonly record!: object;
}

/** Within a migration. It never changes: a later form of the table needs another one. */
export async function createTrailOutbox(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE trail_outbox (
      place bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
      record jsonb NOT NULL,
      CONSTRAINT trail_outbox_key PRIMARY KEY (place)
    )`);
}

export async function dropTrailOutbox(runner: QueryRunner): Promise<void> {
  await runner.query('DROP TABLE trail_outbox');
}

/** A record that waits, and its place in the order of those that do. */
interface Waiting {
  readonly place: string;
  readonly record: unknown;
}

export class TrailOutbox {
  private readonly table: string;

  constructor(private readonly database: DataSource) {
    const { schema } = database.options as { readonly schema?: string };
    this.table = `${schema}.trail_outbox`;
  }

  /** As part of a transaction, in this order. */
  async add(manager: EntityManager, records: readonly object[]): Promise<void> {
    if (records.length === 0) return;
    await manager.query(
      `INSERT INTO ${this.table} (record)
       SELECT value FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS given (value, place) ORDER BY given.place`,
      [JSON.stringify(records)],
    );
  }

  /** The first `limit` records that wait. */
  async first(limit: number): Promise<readonly Waiting[]> {
    return this.database.query<Waiting[]>(`SELECT place, record FROM ${this.table} ORDER BY place LIMIT $1`, [limit]);
  }

  async remove(places: readonly string[]): Promise<void> {
    await changedAny(this.database, `DELETE FROM ${this.table} WHERE place = ANY($1::bigint[])`, [places]);
  }
}
