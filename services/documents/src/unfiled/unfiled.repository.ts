import type { UnfiledDocument, UnfiledSelection } from '@account-backups/contracts';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { UnfiledPlace } from './unfiled-page.js';

interface Question {
  readonly accountId: string;
  readonly selection: UnfiledSelection;
  /** First OUs of documents, in their order. */
  readonly orgUnitIds: readonly string[];
  readonly after: UnfiledPlace;
  readonly limit: number;
}

/** Documents by the first OU that they name, then by their id. */
@Injectable()
export class UnfiledRepository {
  constructor(private readonly database: DataSource) {}

  /** The OUs that documents name first, from one of them on: each is one probe of an index. */
  async firstOrgUnits(accountId: string, fromOrgUnitId: string, limit: number): Promise<string[]> {
    const rows: { id: string }[] = await this.database.query(FIRST_ORG_UNITS, [accountId, fromOrgUnitId, limit]);
    return rows.map(({ id }) => id);
  }

  /** Reads at most `limit` documents of each OU, but for those that the options leave out. */
  async namingFirst({ accountId, selection, orgUnitIds, after, limit }: Question): Promise<UnfiledDocument[]> {
    const { includeActive, includeInactive, excludeSuperseded } = selection;
    const options = [includeActive, includeInactive, excludeSuperseded];
    return this.database.query(NAMING_FIRST, [
      accountId,
      orgUnitIds,
      after.orgUnitId,
      after.documentId,
      ...options,
      limit,
    ]);
  }
}

const FIRST = 'org_unit_ids[1] COLLATE "C"';

const FIRST_ORG_UNITS = `
  WITH RECURSIVE firsts AS (
    (SELECT org_unit_ids[1] AS id, 1 AS step FROM documents.documents
     WHERE account_id = $1 AND ${FIRST} >= $2::text ORDER BY ${FIRST} LIMIT 1)
    UNION ALL
    SELECT following.id, step + 1 FROM firsts CROSS JOIN LATERAL (
      SELECT org_unit_ids[1] AS id FROM documents.documents
      WHERE account_id = $1 AND ${FIRST} > firsts.id ORDER BY ${FIRST} LIMIT 1
    ) AS following
    WHERE step < $3::integer
  )
  SELECT id FROM firsts ORDER BY step`;

// A row is compared, not the OU alone: by `=` the key of the table could seem the shorter way in the order of ids.
const NAMING_FIRST = `
  SELECT found.document_id AS "documentId", bodies.body ->> 'title' AS title, org_unit_ids AS "orgUnitIds"
  FROM (
    SELECT position, named.* FROM unnest($2::text[]) WITH ORDINALITY AS unit (id, position)
    CROSS JOIN LATERAL (
      SELECT document_id, org_unit_ids FROM documents.documents
      WHERE account_id = $1 AND ${FIRST} <= unit.id
        AND (${FIRST}, document_id) > (unit.id, CASE WHEN unit.id = $3::text THEN $4::text ELSE '' END)
        AND CASE WHEN active THEN $5::boolean ELSE $6::boolean END AND NOT ($7::boolean AND all_superseded)
      ORDER BY ${FIRST}, document_id LIMIT $8::integer
    ) AS named
    ORDER BY position, document_id LIMIT $8::integer
  ) AS found
  JOIN documents.document_bodies AS bodies ON bodies.account_id = $1 AND bodies.document_id = found.document_id
  ORDER BY position, found.document_id`;
