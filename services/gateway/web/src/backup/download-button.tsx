import type { Backup } from '../api/client.js';
import { Icon } from '../elements/icons.js';
import { useLanguage } from '../language/language.js';
import type { StartDownload } from './use-download.js';

interface DownloadButtonProps {
  readonly backup: Backup;
  readonly download: StartDownload;
  readonly primary?: boolean;
}

/** Where the person may download the backup; it says how large that is. */
export function DownloadButton({ backup, download, primary = false }: DownloadButtonProps) {
  const { say, dateTime, size } = useLanguage();
  if (!backup.actions.download) return null;
  const bytes = size(backup.archive?.sizeBytes ?? 0);
  return (
    <button
      type="button"
      className={primary ? 'button primary' : 'button'}
      aria-label={say('action.download', { at: dateTime(backup.createdAt), size: bytes })}
      onClick={() => void download(backup)}
    >
      <Icon name="download" />
      {bytes}
    </button>
  );
}
