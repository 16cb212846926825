import { FOLDER_RULE, type OrgUnitFolders } from '../layout/org-unit-folders.js';
import type { ArchiveFacts } from '../record/archive-facts.js';
import { assertAccountedFor } from '../record/archive-tally.js';
import type { ArchivedScope } from '../record/archived-scope.js';

export const PROVENANCE_PATH = 'data/provenance.json';

/** The last link of the account's audit chain when the archive was made. */
export interface AuditChainHead {
  readonly sequence: number;
  readonly sha256: string;
}

interface ProvenanceInput {
  readonly facts: ArchiveFacts;
  readonly scope: ArchivedScope;
  readonly folders: OrgUnitFolders;
  readonly builtAt: string;
  readonly auditChainHead?: AuditChainHead | null;
}

/**
 * `provenance.json`: who asked for what and when, and how everything is accounted for. Throws `ARCHIVE_COUNTS_DIFFER`
 * unless expected = included + excluded + exceptions.
 */
export function provenanceJson({ facts, scope, folders, builtAt, auditChainHead }: ProvenanceInput): string {
  assertAccountedFor(facts.tally);
  const { bagRoot, backupId, account, asAt, requestedAt, requestedBy, options, passwordProtected, software } = facts;
  const { sizeBytes, ...counts } = facts.tally;
  const orgUnits = folders.orgUnitIds.map((orgUnitId) => ({
    orgUnitId,
    path: folders.namesOf(orgUnitId),
    // no folder is better than one that the plan did not use
    ...(facts.folderRule === FOLDER_RULE && { folder: folders.placementOf([orgUnitId]).folder }),
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
