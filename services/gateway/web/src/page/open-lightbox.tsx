import type { Place } from '../address/address.js';
import type { Me } from '../api/client.js';
import type { StartDownload } from '../backup/use-download.js';
import { CancelLightbox } from '../lightboxes/cancel-lightbox.js';
import { DetailsLightbox } from '../lightboxes/details-lightbox.js';
import { HelpLightbox } from '../lightboxes/help-lightbox.js';
import { HistoryLightbox } from '../lightboxes/history-lightbox.js';
import { SessionsLightbox } from '../lightboxes/sessions-lightbox.js';
import { RequestLightbox } from '../request/request-lightbox.js';

export interface OpenLightboxProps {
  readonly place: Place;
  readonly me: Me;
  readonly close: () => void;
  readonly tell: (text: string) => void;
  readonly download: StartDownload;
}

/** The lightbox that the address names, over the list. */
export function OpenLightbox({ place, me, close, tell, download }: OpenLightboxProps) {
  switch (place.kind) {
    case 'list':
      return null;
    case 'help':
      return <HelpLightbox close={close} />;
    case 'sessions':
      return <SessionsLightbox close={close} />;
    case 'request':
      return me.canRequestBackup ? <RequestLightbox me={me} close={close} tell={tell} /> : null;
    case 'history':
      return <HistoryLightbox key={place.backupId} backupId={place.backupId} close={close} />;
    case 'details':
      return <DetailsLightbox key={place.backupId} backupId={place.backupId} close={close} download={download} />;
    case 'cancel':
      return <CancelLightbox backupId={place.backupId} close={close} tell={tell} />;
  }
}
