import type { Answer } from '../call.js';
import type { Journal } from '../journal.js';

/** What clients read of a backup. */
export interface SeenBackup {
  readonly backupId: string;
  readonly status: string;
  readonly passwordProtected: boolean;
  readonly archive: { readonly sizeBytes: number; readonly sha256: string } | null;
}

/** Notes how an answer showed a backup. */
export function noteSight(journal: Journal, backup: SeenBackup, { sentAt, doneAt }: Answer): void {
  const { backupId, status, archive } = backup;
  journal.saw(backupId, { status, sha256: archive?.sha256 ?? null, sentAt, doneAt });
}

/** What the editor may be answered besides, who sees nothing while its rights are taken. */
export const OUT_OF_SIGHT = ['404 NOT_FOUND'] as const;
