import { useQuery } from '@tanstack/react-query';
import { go } from '../address/address.js';
import { codeOf, type Backup } from '../api/client.js';
import { DownloadButton } from '../backup/download-button.js';
import { StatusSummary } from '../backup/status-summary.js';
import type { StartDownload } from '../backup/use-download.js';
import { backupQuery } from '../data/queries.js';
import { faultText } from '../elements/fault-text.js';
import { Icon } from '../elements/icons.js';
import { Lightbox } from '../elements/lightbox.js';
import { Notice } from '../elements/notice.js';
import { useLanguage } from '../language/language.js';
import { DetailsList } from './details-list.js';
import './details.css';

interface DetailsLightboxProps {
  readonly backupId: string;
  readonly close: () => void;
  readonly download: StartDownload;
}

/** Everything about one backup: where a link to it leads. */
export function DetailsLightbox({ backupId, close, download }: DetailsLightboxProps) {
  const { say, dateTime } = useLanguage();
  const { data: backup, error, isPending } = useQuery(backupQuery(backupId));
  const title = backup ? say('details.title', { at: dateTime(backup.createdAt) }) : say('title');
  const refusal = codeOf(error) === 'NOT_FOUND' ? say('details.missing') : faultText(say, error);
  return (
    <Lightbox title={title} close={close}>
      <div className="lightbox-body">
        {isPending && <Notice title={say('loading')} busy />}
        {error && !backup && <Notice icon="warning" title={say('error.title')} text={refusal} />}
        {backup && (
          <>
            <div className="details-status">
              <StatusSummary backup={backup} />
            </div>
            <DetailsList backup={backup} />
          </>
        )}
      </div>
      {backup && <Foot backup={backup} download={download} />}
    </Lightbox>
  );
}

function Foot({ backup, download }: { backup: Backup; download: StartDownload }) {
  const { say } = useLanguage();
  return (
    <footer className="lightbox-foot">
      <button type="button" className="button" onClick={() => go(`/backups/${backup.backupId}/history`)}>
        <Icon name="history" />
        {say('history.title')}
      </button>
      <DownloadButton backup={backup} download={download} primary />
    </footer>
  );
}
