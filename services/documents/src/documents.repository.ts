import type { RegisteredDocument } from '@account-backups/contracts';
import { nextOf } from '@account-backups/database';
import { Injectable } from '@nestjs/common';
import { Any, DataSource, LessThanOrEqual, type EntityManager } from 'typeorm';
import { DocumentBodyEntity } from './document-body.entity.js';
import { extentOf, lastOfEach } from './document-extent.js';
import { DocumentFileEntity } from './document-file.entity.js';
import { DocumentEntity } from './document.entity.js';
import { holdFiles, holdRegister } from './register-locks.repository.js';

@Injectable()
export class DocumentsRepository {
  constructor(private readonly database: DataSource) {}

  /** As it was registered. */
  async find(accountId: string, documentId: string): Promise<RegisteredDocument | null> {
    const row = await this.database.getRepository(DocumentBodyEntity).findOneBy({ accountId, documentId });
    return row && row.body;
  }

  /** The first turn of a change that begins now. */
  nextTurn(): Promise<number> {
    return nextOf(this.database, 'turns');
  }

  /**
   * Each document replaces what was known under its id, unless that was registered or deleted in a later turn. Of a
   * doubled id the last one counts.
   */
  async upsert(accountId: string, turn: number, documents: readonly RegisteredDocument[]): Promise<void> {
    await this.database.transaction(async (manager) => {
      await holdFiles(manager, accountId);
      const given = rowsOf(lastOfEach(documents));
      const rows = only(await upsertDocuments(manager, { accountId, turn, rows: given }), given);
      await manager.query(UPSERT_BODIES, [accountId, JSON.stringify(rows.bodies)]);
      await manager.delete(DocumentFileEntity, { accountId, documentId: Any(rows.documentIds) });
      await manager.query(INSERT_FILES, [accountId, JSON.stringify(rows.files)]);
    });
  }

  /**
   * Gives how many were deleted: not those of a later turn. Their files stay: other documents may name them, now or
   * later.
   */
  async delete(accountId: string, turn: number, documentIds: readonly string[]): Promise<number> {
    return this.database.transaction(async (manager) => {
      await holdRegister(manager, accountId);
      await manager.query(NOTE_DELETED, [accountId, documentIds, turn]);
      await manager.query(FORGET_DELETED, [accountId]);
      const known = await manager.find(DocumentEntity, {
        select: { accountId: true, documentId: true },
        where: { accountId, documentId: Any(documentIds), turn: LessThanOrEqual(turn) },
      });
      const rows = { accountId, documentId: Any(known.map(({ documentId }) => documentId)) };
      await manager.delete(DocumentFileEntity, rows);
      await manager.delete(DocumentBodyEntity, rows);
      await manager.delete(DocumentEntity, rows);
      return known.length;
    });
  }
}

type Rows = ReturnType<typeof rowsOf>;

function rowsOf(documents: readonly RegisteredDocument[]) {
  const extents = documents.map((document) => ({ document, extent: extentOf(document) }));
  return {
    documentIds: documents.map(({ documentId }) => documentId),
    documents: extents.map(({ document, extent }) => ({
      document_id: document.documentId,
      active: document.active,
      org_unit_ids: document.orgUnitIds,
      all_superseded: extent.allSuperseded,
      page_bytes: extent.pageBytes,
    })),
    bodies: documents.map((document) => ({ document_id: document.documentId, body: document })),
    files: extents.flatMap(({ document: { documentId }, extent }) =>
      extent.files.map(({ fileId, current, superseded }) => ({
        document_id: documentId,
        file_id: fileId,
        current_references: current,
        superseded_references: superseded,
      })),
    ),
  };
}

/** The rows of these documents. */
function only(documentIds: ReadonlySet<string>, rows: Rows): Rows {
  const isOne = ({ document_id: documentId }: { readonly document_id: string }) => documentIds.has(documentId);
  return {
    documentIds: [...documentIds],
    documents: rows.documents.filter(isOne),
    bodies: rows.bodies.filter(isOne),
    files: rows.files.filter(isOne),
  };
}

/** Gives the ids of those that were written. */
async function upsertDocuments(
  manager: EntityManager,
  { accountId, turn, rows }: { readonly accountId: string; readonly turn: number; readonly rows: Rows },
): Promise<ReadonlySet<string>> {
  const values = [accountId, JSON.stringify(rows.documents), JSON.stringify(rows.files), turn];
  const written: { documentId: string }[] = await manager.query(UPSERT_DOCUMENTS, values);
  return new Set(written.map(({ documentId }) => documentId));
}

const NAMED_FILES = `jsonb_to_recordset($FILES::jsonb)
  AS named(document_id text, file_id text, current_references integer, superseded_references integer)`;

// Always in the same order, so that two batches with the same documents cannot deadlock.
const UPSERT_DOCUMENTS = `
  INSERT INTO documents AS known (account_id, document_id, turn, active, org_unit_ids, all_superseded, page_bytes,
    current_files, current_bytes, superseded_files, superseded_bytes)
  SELECT $1, given.document_id, $4::bigint, given.active, given.org_unit_ids, given.all_superseded, given.page_bytes,
    coalesce(sizes.current_files, 0), coalesce(sizes.current_bytes, 0),
    coalesce(sizes.superseded_files, 0), coalesce(sizes.superseded_bytes, 0)
  FROM jsonb_to_recordset($2::jsonb) AS given(document_id text, active boolean, org_unit_ids text[],
    all_superseded boolean, page_bytes bigint)
  LEFT JOIN (
    SELECT named.document_id,
      sum(named.current_references) AS current_files,
      sum(named.current_references * files.size_bytes) AS current_bytes,
      sum(named.superseded_references) AS superseded_files,
      sum(named.superseded_references * files.size_bytes) AS superseded_bytes
    FROM ${NAMED_FILES.replace('$FILES', '$3')}
    JOIN files ON files.account_id = $1 AND files.file_id = named.file_id
    GROUP BY named.document_id
  ) AS sizes ON sizes.document_id = given.document_id
  WHERE NOT EXISTS (
    SELECT FROM deleted_documents AS deleted
    WHERE deleted.account_id = $1 AND deleted.document_id = given.document_id AND deleted.turn > $4::bigint
  )
  ORDER BY given.document_id COLLATE "C"
  ON CONFLICT (account_id, document_id) DO UPDATE SET
    turn = excluded.turn, active = excluded.active, org_unit_ids = excluded.org_unit_ids, all_superseded = excluded.all_superseded,
    page_bytes = excluded.page_bytes, current_files = excluded.current_files, current_bytes = excluded.current_bytes,
    superseded_files = excluded.superseded_files, superseded_bytes = excluded.superseded_bytes
  WHERE known.turn <= excluded.turn
  RETURNING document_id AS "documentId"`;

// Whoever has waited for a day to write has lost its connection by then.
const FORGET_DELETED = `
  DELETE FROM deleted_documents WHERE account_id = $1 AND deleted_at < now() - interval '1 day'`;

const NOTE_DELETED = `
  INSERT INTO deleted_documents AS noted (account_id, document_id, turn)
  SELECT DISTINCT $1, given.document_id, $3::bigint FROM unnest($2::text[]) AS given(document_id)
  ON CONFLICT (account_id, document_id) DO UPDATE SET turn = excluded.turn, deleted_at = now()
  WHERE noted.turn < excluded.turn`;

const UPSERT_BODIES = `
  INSERT INTO document_bodies (account_id, document_id, body)
  SELECT $1, given.document_id, given.body
  FROM jsonb_to_recordset($2::jsonb) AS given(document_id text, body jsonb)
  ON CONFLICT (account_id, document_id) DO UPDATE SET body = excluded.body`;

const INSERT_FILES = `
  INSERT INTO document_files (account_id, document_id, file_id, current_references, superseded_references)
  SELECT $1, document_id, file_id, current_references, superseded_references
  FROM ${NAMED_FILES.replace('$FILES', '$2')}`;
