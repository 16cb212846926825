import { assertAccountedFor } from './archive-tally.js';
import type { ArchiveFacts } from './archive-facts.js';
import type { ArchivedScope } from './archived-scope.js';
import type { OrgUnitFolders } from './org-unit-folders.js';

export const PROVENANCE_PATH = 'data/provenance.json';

/** The last link of the account's audit chain when the archive was made. */
export interface AuditChainHead {
  readonly sequence: number;
  readonly sha256: string;
}

export interface ProvenanceInput {
  readonly facts: ArchiveFacts;
  readonly scope: ArchivedScope;
  readonly folders: OrgUnitFolders;
  readonly builtAt: string;
  readonly auditChainHead?: AuditChainHead | null;
}

/**
 * `provenance.json`: who asked for what and when, and that everything is accounted for. Throws `ARCHIVE_COUNTS_DIFFER`
 * when expected is not included + excluded + exceptions.
 */
export function provenanceJson({ facts, scope, folders, builtAt, auditChainHead }: ProvenanceInput): string {
  assertAccountedFor(facts.tally);
  const { bagRoot, backupId, account, asAt, requestedAt, requestedBy, options, passwordProtected, software } = facts;
  const { sizeBytes, ...counts } = facts.tally;
  const orgUnits = folders.orgUnitIds.map((orgUnitId) => ({
    orgUnitId,
    path: folders.namesOf(orgUnitId),
    folder: folders.placementOf([orgUnitId]).folder,
  }));
  const provenance = {
    notice: 'UNCONTROLLED COPY',
    bagRoot,
    backupId,
    account,
    asAt,
    requestedAt,
    requestedBy,
    builtAt,
    scope: { allOrgUnits: facts.allOrgUnits, facilities: scope.facilities, orgUnits },
    options,
    passwordProtected,
    counts: { ...counts, includedFileSizeBytes: sizeBytes },
    software,
    auditChainHead: auditChainHead ?? null,
  };
  return `${JSON.stringify(provenance, null, 2)}\n`;
}
