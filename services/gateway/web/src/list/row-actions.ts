import type { Backup } from '../api/client.js';

/** What a row's buttons begin. */
export interface RowActions {
  readonly cancel: (backup: Backup) => void;
  readonly download: (backup: Backup) => Promise<void>;
}
