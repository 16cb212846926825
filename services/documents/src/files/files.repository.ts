import type { FileContent } from '@account-backups/contracts';
import { changedAny } from '@account-backups/database';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { FileEntity } from '../rows/file.entity.js';
import { holdRegister } from '../rows/register-locks.repository.js';

/** A row of `files` as a query gives it: a bigint comes as text. */
export type FileRow = Omit<FileContent, 'sizeBytes' | 'crc32'> & { sizeBytes: string; crc32: string };

export const FILE_COLUMNS = `file_id AS "fileId", object_key AS "objectKey", size_bytes AS "sizeBytes", sha256, crc32`;

export function asFileContent(row: FileRow): FileContent {
  return { ...row, sizeBytes: Number(row.sizeBytes), crc32: Number(row.crc32) };
}

@Injectable()
export class FilesRepository {
  constructor(private readonly database: DataSource) {}

  async find(accountId: string, fileId: string): Promise<FileContent | null> {
    const rows: FileRow[] = await this.database.query(
      `SELECT ${FILE_COLUMNS} FROM documents.files WHERE account_id = $1 AND file_id = $2`,
      [accountId, fileId],
    );
    return rows[0] ? asFileContent(rows[0]) : null;
  }

  /** Bytes of all contents that the account has registered. */
  async sizeOfAccount(accountId: string): Promise<number> {
    const rows: { sizeBytes: string }[] = await this.database.query(
      'SELECT size_bytes AS "sizeBytes" FROM documents.account_contents WHERE account_id = $1',
      [accountId],
    );
    return Number(rows[0]?.sizeBytes ?? 0);
  }

  /**
   * False when the file is already known. From now on every document that names it counts it. `admit` is given the
   * bytes that the account has with it; when it throws, nothing is registered.
   */
  async insert(accountId: string, file: FileContent, admit: (accountBytes: number) => void): Promise<boolean> {
    return this.database.transaction(async (manager) => {
      await holdRegister(manager, accountId);
      const row = { accountId, ...file };
      const inserted = await manager
        .createQueryBuilder()
        .insert()
        .into(FileEntity)
        .values(row)
        // No column to update: nothing is done.
        .orUpdate([], ['account_id', 'file_id'])
        .returning('file_id')
        .execute();
      if ((inserted.raw as unknown[]).length === 0) return false;
      const [sum]: [{ sizeBytes: string }] = await manager.query(ADD_CONTENT, [accountId, file.sizeBytes]);
      admit(Number(sum.sizeBytes));
      await manager.query(COUNT_FILE, [accountId, file.fileId, file.sizeBytes]);
      return true;
    });
  }

  async registeredAmong(objectKeys: readonly string[]): Promise<string[]> {
    const rows: { objectKey: string }[] = await this.database.query(
      'SELECT object_key AS "objectKey" FROM documents.files WHERE object_key = ANY($1::text[])',
      [objectKeys],
    );
    return rows.map(({ objectKey }) => objectKey);
  }

  /** Names another object for the same content; false unless the file's content lies at `lostKey`. */
  replaceLost(accountId: string, file: FileContent, lostKey: string): Promise<boolean> {
    return changedAny(
      this.database,
      `UPDATE documents.files SET object_key = $5
       WHERE account_id = $1 AND file_id = $2 AND object_key = $3 AND sha256 = $4 AND size_bytes = $6`,
      [accountId, file.fileId, lostKey, file.sha256, file.objectKey, file.sizeBytes],
    );
  }
}

const ADD_CONTENT = `
  INSERT INTO documents.account_contents AS account (account_id, size_bytes) VALUES ($1, $2)
  ON CONFLICT (account_id) DO UPDATE SET size_bytes = account.size_bytes + excluded.size_bytes
  RETURNING size_bytes AS "sizeBytes"`;

const COUNT_FILE = `
  UPDATE documents.documents SET
    current_files = current_files + named.current_references,
    current_bytes = current_bytes + named.current_references * $3::bigint,
    superseded_files = superseded_files + named.superseded_references,
    superseded_bytes = superseded_bytes + named.superseded_references * $3::bigint
  FROM documents.document_files AS named
  WHERE named.account_id = $1 AND named.file_id = $2
    AND documents.account_id = $1 AND documents.document_id = named.document_id`;
