import type { RegisteredDocument, Reply } from '@account-backups/contracts';
import { comesLater, nextOf } from '@account-backups/database';
import { Trail } from '@account-backups/service-kit';
import { Injectable } from '@nestjs/common';
import { Any, DataSource, LessThanOrEqual, type EntityManager } from 'typeorm';
import { DocumentBodyEntity } from '../rows/document-body.entity.js';
import { extentOf } from './document-extent.js';
import { DocumentFileEntity } from '../rows/document-file.entity.js';
import { wavesOf, type WavedDocument } from './document-waves.js';
import { DocumentEntity } from '../rows/document.entity.js';
import { tellBrokenOff, tellChanged, tellDeleted, type Deletion, type Registration } from './register-trail.js';
import { holdFiles, holdRegister } from '../rows/register-locks.repository.js';

@Injectable()
export class DocumentsRepository {
  constructor(
    private readonly database: DataSource,
    private readonly trail: Trail,
  ) {}

  /** As it was registered. */
  async find(accountId: string, documentId: string): Promise<RegisteredDocument | null> {
    const row = await this.database.getRepository(DocumentBodyEntity).findOneBy({ accountId, documentId });
    return row && row.body;
  }

  /** The first turn of a change that begins now. */
  nextTurn(): Promise<number> {
    return nextOf(this.database, 'documents.turns');
  }

  /**
   * One after another, each document replaces what was known under its id, unless that has a higher revision or was
   * deleted in a later turn; with the same revision, or without one on either side, unless it was registered in a later
   * turn.
   */
  async upsert(
    registration: Registration,
    documents: readonly RegisteredDocument[],
  ): Promise<Reply<'documents.upsert'>> {
    const { accountId, turn } = registration;
    return this.trail.transaction(async (manager, note) => {
      await holdFiles(manager, accountId);
      const effects: WaveEffect[] = [];
      for (const wave of wavesOf(documents)) effects.push(await writeWave(manager, { accountId, turn, wave }));
      const unchanged = effects.reduce((sum, wave) => sum + wave.unchanged, 0);
      await tellChanged({ manager, note }, registration, documents.length - unchanged);
      return {
        accepted: documents.length,
        unchanged,
        older: effects.flatMap(({ older }) => older).toSorted((one, other) => one.at - other.at),
      };
    });
  }

  /**
   * Gives how many were deleted: not those of a later turn. Their files stay: other documents may name them, now or
   * later.
   */
  async delete(deletion: Deletion, documentIds: readonly string[]): Promise<number> {
    const { accountId, turn } = deletion;
    return this.trail.transaction(async (manager, note) => {
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
      tellDeleted(note, deletion, known.length);
      return known.length;
    });
  }

  /** Tells the trail of up to `limit` calls that were broken off, and gives how many. Each is told of once. */
  noteBrokenOff(now: Date, limit: number): Promise<number> {
    return this.trail.transaction((manager, note) => tellBrokenOff({ manager, note }, now, limit));
  }
}

type Rows = ReturnType<typeof rowsOf>;

function rowsOf(documents: readonly RegisteredDocument[]) {
  const extents = documents.map((document) => ({ document, extent: extentOf(document) }));
  return {
    documentIds: documents.map(({ documentId }) => documentId),
    documents: extents.map(({ document, extent }) => ({
      document_id: document.documentId,
      revision: document.revision ?? null,
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

interface WaveEffect {
  readonly unchanged: number;
  readonly older: readonly { readonly at: number; readonly stored: number }[];
}

async function writeWave(
  manager: EntityManager,
  { accountId, turn, wave }: { accountId: string; turn: number; wave: readonly WavedDocument[] },
): Promise<WaveEffect> {
  const given = rowsOf(wave.map(({ document }) => document));
  const written = await upsertDocuments(manager, { accountId, turn, rows: given });
  const { bodies } = only(written, given);
  const differing = await idsOf(manager, UPSERT_BODIES, [accountId, JSON.stringify(bodies)]);
  const { documentIds, files } = only(differing, given);
  if (documentIds.length > 0) {
    await manager.delete(DocumentFileEntity, { accountId, documentId: Any(documentIds) });
    await manager.query(INSERT_FILES, [accountId, JSON.stringify(files)]);
  }
  const same = wave.filter(({ document }) => !differing.has(document.documentId));
  return {
    unchanged: same.reduce((sum, { at }) => sum + at.length, 0),
    older: await olderOf(manager, accountId, same),
  };
}

/** The rows that kept documents out are locked: they are those that were compared. */
async function olderOf(
  manager: EntityManager,
  accountId: string,
  same: readonly WavedDocument[],
): Promise<WaveEffect['older']> {
  const numbered = same.filter(({ document }) => typeof document.revision === 'number');
  if (numbered.length === 0) return [];
  const known = await manager.find(DocumentEntity, {
    select: { documentId: true, revision: true },
    where: { accountId, documentId: Any(numbered.map(({ document }) => document.documentId)) },
  });
  const revisions = new Map(known.map(({ documentId, revision }) => [documentId, revision]));
  return numbered.flatMap(({ document, at }) => {
    const stored = revisions.get(document.documentId) ?? 0;
    return stored > (document.revision ?? 0) ? at.map((place) => ({ at: place, stored })) : [];
  });
}

/** Gives the ids of those that were written. */
async function upsertDocuments(
  manager: EntityManager,
  { accountId, turn, rows }: { readonly accountId: string; readonly turn: number; readonly rows: Rows },
): Promise<ReadonlySet<string>> {
  const values = [accountId, JSON.stringify(rows.documents), JSON.stringify(rows.files), turn];
  return idsOf(manager, UPSERT_DOCUMENTS, values);
}

async function idsOf(manager: EntityManager, sql: string, values: unknown[]): Promise<ReadonlySet<string>> {
  const rows: { documentId: string }[] = await manager.query(sql, values);
  return new Set(rows.map(({ documentId }) => documentId));
}

const NAMED_FILES = `jsonb_to_recordset($FILES::jsonb)
  AS named(document_id text, file_id text, current_references integer, superseded_references integer)`;

// Always in the same order, so that two batches with the same documents cannot deadlock.
const UPSERT_DOCUMENTS = `
  INSERT INTO documents.documents AS known (account_id, document_id, turn, revision, active, org_unit_ids,
    all_superseded, page_bytes, current_files, current_bytes, superseded_files, superseded_bytes)
  SELECT $1, given.document_id, $4::bigint, given.revision, given.active, given.org_unit_ids, given.all_superseded,
    given.page_bytes,
    coalesce(sizes.current_files, 0), coalesce(sizes.current_bytes, 0),
    coalesce(sizes.superseded_files, 0), coalesce(sizes.superseded_bytes, 0)
  FROM jsonb_to_recordset($2::jsonb) AS given(document_id text, revision bigint, active boolean, org_unit_ids text[],
    all_superseded boolean, page_bytes bigint)
  LEFT JOIN (
    SELECT named.document_id,
      sum(named.current_references) AS current_files,
      sum(named.current_references * files.size_bytes) AS current_bytes,
      sum(named.superseded_references) AS superseded_files,
      sum(named.superseded_references * files.size_bytes) AS superseded_bytes
    FROM ${NAMED_FILES.replace('$FILES', '$3')}
    JOIN documents.files ON files.account_id = $1 AND files.file_id = named.file_id
    GROUP BY named.document_id
  ) AS sizes ON sizes.document_id = given.document_id
  WHERE NOT EXISTS (
    SELECT FROM documents.deleted_documents AS deleted
    WHERE deleted.account_id = $1 AND deleted.document_id = given.document_id AND deleted.turn > $4::bigint
  )
  ORDER BY given.document_id COLLATE "C"
  ON CONFLICT (account_id, document_id) DO UPDATE SET
    turn = excluded.turn, revision = greatest(known.revision, excluded.revision),
    active = excluded.active, org_unit_ids = excluded.org_unit_ids, all_superseded = excluded.all_superseded,
    page_bytes = excluded.page_bytes, current_files = excluded.current_files, current_bytes = excluded.current_bytes,
    superseded_files = excluded.superseded_files, superseded_bytes = excluded.superseded_bytes
  WHERE ${comesLater('known', 'excluded')}
  RETURNING document_id AS "documentId"`;

// Whoever has waited for a day to write has lost its connection by then.
const FORGET_DELETED = `
  DELETE FROM documents.deleted_documents WHERE account_id = $1 AND deleted_at < now() - interval '1 day'`;

const NOTE_DELETED = `
  INSERT INTO documents.deleted_documents AS noted (account_id, document_id, turn)
  SELECT DISTINCT $1, given.document_id, $3::bigint FROM unnest($2::text[]) AS given(document_id)
  ON CONFLICT (account_id, document_id) DO UPDATE SET turn = excluded.turn, deleted_at = now()
  WHERE noted.turn < excluded.turn`;

const UPSERT_BODIES = `
  INSERT INTO documents.document_bodies AS known (account_id, document_id, body)
  SELECT $1, given.document_id, given.body
  FROM jsonb_to_recordset($2::jsonb) AS given(document_id text, body jsonb)
  ON CONFLICT (account_id, document_id) DO UPDATE SET body = excluded.body WHERE known.body <> excluded.body
  RETURNING document_id AS "documentId"`;

const INSERT_FILES = `
  INSERT INTO documents.document_files (account_id, document_id, file_id, current_references, superseded_references)
  SELECT $1, document_id, file_id, current_references, superseded_references
  FROM ${NAMED_FILES.replace('$FILES', '$2')}`;
