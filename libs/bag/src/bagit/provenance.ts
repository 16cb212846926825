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
 * `provenance.json`, in pieces, since it has a line for each OU: who asked for what and when, and how everything is
 * accounted for. Throws `ARCHIVE_COUNTS_DIFFER` unless expected = included + excluded + exceptions.
 */
export function* provenanceJson(input: ProvenanceInput): Generator<string> {
  const [head = '', foot = ''] = JSON.stringify(withoutOrgUnits(input), null, 2).split(NO_ORG_UNITS);
  yield `${head}"orgUnits": [`;
  let separator = '\n';
  for (const orgUnit of orgUnitsOf(input)) {
    yield `${separator}      ${JSON.stringify(orgUnit)}`;
    separator = ',\n';
  }
  yield `\n    ]${foot}\n`;
}

/** Nowhere else: in a text of JSON the quotes would be escaped. */
const NO_ORG_UNITS = '"orgUnits": []';

function withoutOrgUnits({ facts, scope, builtAt, auditChainHead }: ProvenanceInput) {
  assertAccountedFor(facts.tally);
  const { bagRoot, backupId, account, asAt, requestedAt, requestedBy, options, passwordProtected, software } = facts;
  const { sizeBytes, ...counts } = facts.tally;
  return {
    notice: 'UNCONTROLLED COPY',
    bagRoot,
    backupId,
    account,
    asAt,
    requestedAt,
    requestedBy,
    builtAt,
    scope: { allOrgUnits: facts.allOrgUnits, facilities: scope.facilities, orgUnits: [] },
    options,
    passwordProtected,
    counts: { ...counts, includedFileSizeBytes: sizeBytes },
    software,
    auditChainHead: auditChainHead ?? null,
  };
}

function* orgUnitsOf({ facts, scope, folders }: ProvenanceInput) {
  const parents = new Map(scope.orgUnits.map(({ orgUnitId, parentOrgUnitId }) => [orgUnitId, parentOrgUnitId]));
  for (const orgUnitId of folders.orgUnitIds) {
    yield {
      orgUnitId,
      parentOrgUnitId: parents.get(orgUnitId) ?? null,
      path: folders.namesOf(orgUnitId),
      // no folder is better than one that the plan did not use
      ...(facts.folderRule === FOLDER_RULE && { folder: folders.placementOf([orgUnitId]).folder }),
    };
  }
}
