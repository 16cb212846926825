import type { ErrorCode } from '@account-backups/contracts';

export interface LeftOut {
  readonly path: string;
  readonly reason: string;
}

export interface ImportFailure {
  readonly path: string;
  readonly code: ErrorCode;
  readonly message: string;
}

/** What became of a folder, or would become. files = created + updated + unchanged + failed. */
export interface ImportSummary {
  readonly dryRun: boolean;
  readonly files: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly leftOut: readonly LeftOut[];
  readonly failed: readonly ImportFailure[];
  /** Of the files that did not fail. */
  readonly sizeBytes: number;
}
