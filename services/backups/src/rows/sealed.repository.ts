import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

const PAGE = 500;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

interface SealedRow {
  readonly backup_id: string;
  readonly sealed_password: string;
}

@Injectable()
export class SealedRepository {
  constructor(private readonly database: DataSource) {}

  /** The sealed passwords of all backups that have not ended, a page at a time. */
  async *all(): AsyncGenerator<readonly string[]> {
    let after = BEFORE_ALL;
    for (;;) {
      const rows = await this.database.query<SealedRow[]>(
        `SELECT backup_id, sealed_password FROM backups.backups
          WHERE sealed_password IS NOT NULL AND backup_id > $1
          ORDER BY backup_id LIMIT ${PAGE}`,
        [after],
      );
      yield rows.map(({ sealed_password }) => sealed_password);
      const last = rows.at(-1);
      if (!last || rows.length < PAGE) return;
      after = last.backup_id;
    }
  }
}
