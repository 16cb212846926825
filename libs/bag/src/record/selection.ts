import type { RegisteredDocument, RegisteredVersion } from '@account-backups/contracts';

export interface SelectionOptions {
  readonly includeActive: boolean;
  readonly includeInactive: boolean;
  readonly excludeSuperseded: boolean;
}

export type ExclusionReason = 'byActivity' | 'asSuperseded';

type DocumentSelection =
  | { readonly included: true; readonly versions: readonly RegisteredVersion[] }
  | { readonly included: false; readonly reason: ExclusionReason };

/**
 * The versions of a chosen document that the options leave: all of them in any state, without superseded ones where
 * these are excluded. A document that had versions and keeps none is left out; one that never had any stays, as a row.
 */
export function selectVersions(document: RegisteredDocument, options: SelectionOptions): DocumentSelection {
  const wanted = document.active ? options.includeActive : options.includeInactive;
  if (!wanted) return { included: false, reason: 'byActivity' };
  if (!options.excludeSuperseded) return { included: true, versions: document.versions };
  // By id: versions that share one, as registers of before could hold, cannot be told apart later, and stay together.
  const kept = new Set(
    document.versions.filter(({ state }) => state !== 'superseded').map(({ versionId }) => versionId),
  );
  const versions = document.versions.filter(({ versionId }) => kept.has(versionId));
  if (versions.length === 0 && document.versions.length > 0) return { included: false, reason: 'asSuperseded' };
  return { included: true, versions };
}
