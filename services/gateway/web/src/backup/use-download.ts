import { useCallback } from 'react';
import { api, bodyOf, type Backup } from '../api/client.js';
import { queryClient } from '../data/queries.js';
import { faultText } from '../elements/fault-text.js';
import { useLanguage } from '../language/language.js';

export type StartDownload = (backup: Backup) => Promise<void>;

/** Starts a recorded download; the browser fetches and resumes it by itself. */
export function useDownload(tell: (text: string) => void): StartDownload {
  const { say, size } = useLanguage();
  return useCallback(
    async ({ backupId, archive }) => {
      try {
        const params = { path: { backupId } };
        const { url } = await bodyOf(api.POST('/api/v1/backups/{backupId}/downloads', { params }));
        save(url);
        const fileName = archive?.fileName ?? '';
        tell(say('download.started', { fileName, size: size(archive?.sizeBytes ?? 0) }));
        void queryClient.invalidateQueries({ queryKey: ['downloads', backupId] });
      } catch (error) {
        tell(faultText(say, error));
      }
    },
    [say, size, tell],
  );
}

function save(url: string): void {
  // Only the path: a host system in front of the gateway may have another origin.
  const link = document.createElement('a');
  link.href = new URL(url).pathname;
  link.download = '';
  document.body.append(link);
  link.click();
  link.remove();
}
