import { useQuery } from '@tanstack/react-query';
import { codeOf, type Backup } from '../api/client.js';
import { go } from '../data/address.js';
import { backupQuery } from '../data/queries.js';
import { faultText } from '../frame/fault-text.js';
import { Notice } from '../frame/notice.js';
import { Icon } from '../icons.js';
import { useLanguage } from '../language/language.js';
import { StatusCell } from '../table/status-cell.js';
import type { StartDownload } from '../table/use-download.js';
import { DetailsList } from './details-list.js';
import { Shell } from './shell.js';

interface DetailsDialogProps {
  readonly backupId: string;
  readonly close: () => void;
  readonly download: StartDownload;
}

/** Everything about one backup: where a link to it leads. */
export function DetailsDialog({ backupId, close, download }: DetailsDialogProps) {
  const { say, dateTime } = useLanguage();
  const { data: backup, error, isPending } = useQuery(backupQuery(backupId));
  const title = backup ? say('details.title', { at: dateTime(backup.createdAt) }) : say('title');
  const refusal = codeOf(error) === 'NOT_FOUND' ? say('details.missing') : faultText(say, error);
  return (
    <Shell title={title} close={close}>
      <div className="lightbox-body">
        {isPending && <Notice title={say('loading')} busy />}
        {error && !backup && <Notice icon="warning" title={say('error.title')} text={refusal} />}
        {backup && (
          <>
            <div className="details-status">
              <StatusCell backup={backup} />
            </div>
            <DetailsList backup={backup} />
          </>
        )}
      </div>
      {backup && <Foot backup={backup} download={download} />}
    </Shell>
  );
}

function Foot({ backup, download }: { backup: Backup; download: StartDownload }) {
  const { say, dateTime, size } = useLanguage();
  const bytes = size(backup.archive?.sizeBytes ?? 0);
  return (
    <footer className="lightbox-foot">
      <button type="button" className="button" onClick={() => go(`/backups/${backup.backupId}/history`)}>
        <Icon name="history" />
        {say('history.title')}
      </button>
      {backup.actions.download && (
        <button
          type="button"
          className="button primary"
          aria-label={say('action.download', { at: dateTime(backup.createdAt), size: bytes })}
          onClick={() => void download(backup)}
        >
          <Icon name="download" />
          {bytes}
        </button>
      )}
    </footer>
  );
}
