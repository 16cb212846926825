import type { FileContent } from '@account-backups/contracts';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { holdRegister } from './register-locks.repository.js';

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
      `SELECT ${FILE_COLUMNS} FROM files WHERE account_id = $1 AND file_id = $2`,
      [accountId, fileId],
    );
    return rows[0] ? asFileContent(rows[0]) : null;
  }

  /** False when the file is known already; else every document that names it counts it from now on. */
  async insert(accountId: string, file: FileContent): Promise<boolean> {
    return this.database.transaction(async (manager) => {
      await holdRegister(manager, accountId);
      const inserted: unknown[] = await manager.query(INSERT_FILE, [
        accountId,
        file.fileId,
        file.objectKey,
        file.sizeBytes,
        file.sha256,
        file.crc32,
      ]);
      if (inserted.length === 0) return false;
      await manager.query(COUNT_FILE, [accountId, file.fileId, file.sizeBytes]);
      return true;
    });
  }
}

const INSERT_FILE = `
  INSERT INTO files (account_id, file_id, object_key, size_bytes, sha256, crc32) VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (account_id, file_id) DO NOTHING RETURNING file_id`;

const COUNT_FILE = `
  UPDATE documents SET
    current_files = current_files + named.current_references,
    current_bytes = current_bytes + named.current_references * $3::bigint,
    superseded_files = superseded_files + named.superseded_references,
    superseded_bytes = superseded_bytes + named.superseded_references * $3::bigint
  FROM document_files AS named
  WHERE named.account_id = $1 AND named.file_id = $2
    AND documents.account_id = $1 AND documents.document_id = named.document_id`;
