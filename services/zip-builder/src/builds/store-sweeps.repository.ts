import { changedRows } from '@account-backups/database';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Lease } from './builds.repository.js';

const NAME = 'orphans';

@Injectable()
export class StoreSweepsRepository {
  constructor(private readonly database: DataSource) {}

  /** The key to go on after, for one process at a time; null when it is not time yet. */
  async claim({ now, until }: Lease): Promise<string | null> {
    await this.database.query(
      `INSERT INTO zip_builder.store_sweeps (name, after_key, next_at) VALUES ($1, '', $2)
       ON CONFLICT (name) DO NOTHING`,
      [NAME, now],
    );
    const [turn] = await changedRows<{ afterKey: string }>(
      this.database,
      `UPDATE zip_builder.store_sweeps SET next_at = $3 WHERE name = $1 AND next_at <= $2
       RETURNING after_key AS "afterKey"`,
      [NAME, now, until],
    );
    return turn?.afterKey ?? null;
  }

  async save(afterKey: string, nextAt: Date): Promise<void> {
    await this.database.query('UPDATE zip_builder.store_sweeps SET after_key = $2, next_at = $3 WHERE name = $1', [
      NAME,
      afterKey,
      nextAt,
    ]);
  }
}
