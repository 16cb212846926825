import { useEffect, useState } from 'react';
import { go, placeOf, usePath, type Place } from '../address/address.js';
import type { Backup, BackupStatus, Me } from '../api/client.js';
import { useDownload } from '../backup/use-download.js';
import { Icon } from '../elements/icons.js';
import { tellHost } from '../host/host.js';
import { useLanguage } from '../language/language.js';
import { BackupsList } from '../list/backups-list.js';
import { StatusFilter } from '../list/status-filter.js';
import { LazyLightbox, loadLightbox } from './lazy-lightbox.js';
import { LiveLine } from './live-line.js';
import { SubscriptionBanner } from './subscription-banner.js';
import './banners.css';

/** The tab itself. The code of the lightboxes is loaded after it. */
export function BackupsTab({ me }: { me: Me }) {
  const [status, setStatus] = useState<BackupStatus | null>(null);
  const [cancelling, setCancelling] = useState<string | null>(null);
  const [told, tell] = usePassing();
  const path = usePath();
  const place: Place = cancelling === null ? placeOf(path) : { kind: 'cancel', backupId: cancelling };
  const download = useDownload(tell);
  // A failure here is not shown: whoever opens a lightbox tries again and is told.
  useEffect(() => void loadLightbox().catch(() => undefined), []);
  useEffect(() => tellHost(path), [path]);
  const close = () => (cancelling === null ? go('/') : setCancelling(null));
  const actions = { cancel: ({ backupId }: Backup) => setCancelling(backupId), download };
  return (
    <>
      <TitleRow me={me} />
      <SubscriptionBanner subscription={me.subscription} />
      <LiveLine />
      <p role="status" className={told ? 'banner told' : 'unseen'}>
        {told}
      </p>
      <StatusFilter status={status} choose={setStatus} nextScanAt={me.nextScanAt} />
      <BackupsList
        key={status}
        status={status}
        actions={actions}
        nextScanAt={me.nextScanAt}
        mayRequest={me.canRequestBackup}
      />
      {place.kind !== 'list' && <LazyLightbox place={place} me={me} close={close} tell={tell} download={download} />}
    </>
  );
}

function TitleRow({ me }: { me: Me }) {
  const { say } = useLanguage();
  return (
    <div className="title-row">
      <div>
        <h1>{say('title')}</h1>
        <p className="soft">{say('intro')}</p>
      </div>
      <div className="title-actions">
        <button type="button" className="button" onClick={() => go('/help')}>
          <Icon name="help" />
          {say('help.open')}
        </button>
        {me.canRequestBackup ? (
          <button type="button" className="button primary" onClick={() => go('/request')}>
            <Icon name="plus" />
            {say('request.open')}
          </button>
        ) : (
          <Reason because={me.cannotRequestBecause} />
        )}
      </div>
    </div>
  );
}

function Reason({ because }: { because: string | null }) {
  const { say } = useLanguage();
  if (because === 'BACKUP_ALREADY_PENDING') return <p className="reason">{say('because.BACKUP_ALREADY_PENDING')}</p>;
  if (because === 'SUBSCRIPTION_REQUIRED') return <p className="reason">{say('because.SUBSCRIPTION_REQUIRED')}</p>;
  return <p className="reason">{say('because.PERMISSION_MISSING')}</p>;
}

const TOLD_MS = 20_000;

/** A text that disappears by itself: the list says the same for good. */
function usePassing() {
  const [text, setText] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setText(''), TOLD_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return [text, setText] as const;
}
