import type { Backup } from '../api/client.js';
import type { StartDownload } from '../backup/use-download.js';

/** What the buttons of a row start. */
export interface RowActions {
  readonly cancel: (backup: Backup) => void;
  readonly download: StartDownload;
}
