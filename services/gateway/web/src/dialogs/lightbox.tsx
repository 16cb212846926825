import type { Me } from '../api/client.js';
import type { Place } from '../data/address.js';
import { RequestDialog } from '../request/request-dialog.js';
import type { StartDownload } from '../table/use-download.js';
import { CancelDialog } from './cancel-dialog.js';
import { DetailsDialog } from './details-dialog.js';
import { HelpDialog } from './help-dialog.js';
import { HistoryDialog } from './history-dialog.js';

export interface LightboxProps {
  readonly place: Place;
  readonly me: Me;
  readonly close: () => void;
  readonly tell: (text: string) => void;
  readonly download: StartDownload;
}

/** What the address names, over the table. */
export function Lightbox({ place, me, close, tell, download }: LightboxProps) {
  switch (place.kind) {
    case 'list':
      return null;
    case 'help':
      return <HelpDialog close={close} />;
    case 'request':
      return me.canRequestBackup ? <RequestDialog me={me} close={close} tell={tell} /> : null;
    case 'history':
      return <HistoryDialog key={place.backupId} backupId={place.backupId} close={close} />;
    case 'details':
      return <DetailsDialog key={place.backupId} backupId={place.backupId} close={close} download={download} />;
    case 'cancel':
      return <CancelDialog backupId={place.backupId} close={close} tell={tell} />;
  }
}
