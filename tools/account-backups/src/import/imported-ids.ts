import { createHash } from 'node:crypto';

/** What tells one import from another: the same `--org-unit` and path mean the same document. */
interface ImportIdentity {
  readonly orgUnitId: string;
  readonly path: string;
}

export interface ImportIds {
  readonly documentId: string;
  readonly versionId: string;
  readonly fileId: string;
}

/** Ids derive from identity and content, so that a second import sends the same again. */
export function importIds({ orgUnitId, path }: ImportIdentity, sha256: string): ImportIds {
  return idsOf(`${orgUnitId}\0${path}`, sha256);
}

/** The ids that imports gave before `--org-unit` belonged to the identity. */
export function earlierImportIds(path: string, sha256: string): ImportIds {
  return idsOf(path, sha256);
}

// A path has no NUL, so no identity is taken for another one.
function idsOf(identity: string, sha256: string): ImportIds {
  const content = digest(`${identity}\0${sha256}`);
  return {
    documentId: `import-${digest(identity)}`,
    versionId: `import-version-${content}`,
    fileId: `import-file-${content}`,
  };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
