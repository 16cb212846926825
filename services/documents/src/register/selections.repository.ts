import {
  MIB,
  type DocumentPage,
  type FileContent,
  type RegisteredDocument,
  type Selection,
  type SelectionSize,
} from '@account-backups/contracts';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { asFileContent, FILE_COLUMNS, type FileRow } from '../files/files.repository.js';
import { cutPage } from './page-cut.js';

interface PageQuestion {
  readonly accountId: string;
  readonly selection: Selection;
  /** The page starts after this one. */
  readonly afterDocumentId: string | null;
  readonly limit: number;
}

// a page must pass through the broker as one message
const MAX_PAGE_BYTES = 4 * MIB;

@Injectable()
export class SelectionsRepository {
  constructor(private readonly database: DataSource) {}

  async measure(accountId: string, selection: Selection): Promise<SelectionSize> {
    const rows: Record<keyof SelectionSize, string>[] = await this.database.query(MEASURE, [
      accountId,
      ...optionsOf(selection),
    ]);
    return Object.fromEntries(
      Object.entries(rows[0] ?? {}).map(([name, value]) => [name, Number(value)]),
    ) as SelectionSize;
  }

  /** Documents and files of a page come from one snapshot. */
  async page({ accountId, selection, afterDocumentId, limit }: PageQuestion): Promise<DocumentPage> {
    return this.database.transaction('REPEATABLE READ', async (manager) => {
      const walked: { documentId: string; pageBytes: string }[] = await manager.query(WALK, [
        accountId,
        ...optionsOf(selection),
        afterDocumentId ?? '',
        limit + 1,
      ]);
      const sized = walked.map((row) => ({ ...row, pageBytes: Number(row.pageBytes) }));
      const { documentIds, nextDocumentId } = cutPage(sized, limit, MAX_PAGE_BYTES);
      const documents: { body: RegisteredDocument }[] = await manager.query(BODIES, [accountId, documentIds]);
      const files: FileRow[] = await manager.query(FILES, [accountId, documentIds]);
      return {
        documents: documents.map(({ body }) => body),
        files: files.map((row): FileContent => asFileContent(row)),
        nextDocumentId,
      };
    });
  }
}

type Options = readonly [readonly string[], boolean, boolean, boolean];

function optionsOf(selection: Selection): Options {
  return [selection.orgUnitIds, selection.includeActive, selection.includeInactive, selection.excludeSuperseded];
}

// `= ANY` of a parameter is one lookup in a hash table; an overlap of arrays would compare every pair. Most documents
// are filed in one OU, so the first is tried before the others are unnested.
const FILED = `account_id = $1 AND (org_unit_ids[1] = ANY($2::text[])
  OR cardinality(org_unit_ids) > 1 AND EXISTS (SELECT FROM unnest(org_unit_ids[2:]) AS other WHERE other = ANY($2::text[])))`;
const WANTED = '(CASE WHEN active THEN $3::boolean ELSE $4::boolean END)';
const REMAINS = 'NOT ($5::boolean AND all_superseded)';

const MEASURE = `
  SELECT count(*) AS "totalDocumentCount",
    count(*) FILTER (WHERE NOT wanted) AS "excludedByActivity",
    count(*) FILTER (WHERE wanted AND NOT remains) AS "excludedAsSuperseded",
    count(*) FILTER (WHERE wanted AND remains) AS "documentCount",
    coalesce(sum(files) FILTER (WHERE wanted AND remains), 0) AS "fileCount",
    coalesce(sum(bytes) FILTER (WHERE wanted AND remains), 0) AS "sizeBytes"
  FROM (
    SELECT ${WANTED} AS wanted, ${REMAINS} AS remains,
      current_files + CASE WHEN $5 THEN 0 ELSE superseded_files END AS files,
      current_bytes + CASE WHEN $5 THEN 0 ELSE superseded_bytes END AS bytes
    FROM documents.documents WHERE ${FILED}
  ) AS filed`;

const WALK = `
  SELECT document_id AS "documentId", page_bytes AS "pageBytes" FROM documents.documents
  WHERE ${FILED} AND ${WANTED} AND ${REMAINS} AND document_id > $6
  ORDER BY document_id LIMIT $7`;

const BODIES = `
  SELECT body FROM documents.document_bodies WHERE account_id = $1 AND document_id = ANY($2) ORDER BY document_id`;

const FILES = `
  SELECT ${FILE_COLUMNS} FROM documents.files
  WHERE account_id = $1 AND file_id IN (
    SELECT file_id FROM documents.document_files WHERE account_id = $1 AND document_id = ANY($2)
  )
  ORDER BY file_id`;
