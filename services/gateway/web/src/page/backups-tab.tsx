import { useEffect, useState } from 'react';
import type { Backup, BackupStatus, Me } from '../api/client.js';
import { go, placeOf, usePath, type Place } from '../data/address.js';
import { Icon } from '../icons.js';
import { useLanguage } from '../language/language.js';
import { BackupsList } from '../table/backups-list.js';
import { StatusFilter } from '../table/status-filter.js';
import { useDownload } from '../table/use-download.js';
import { tellHost } from './host.js';
import { LightboxPlace, loadLightbox } from './lightbox-place.js';
import { LiveLine } from './live-line.js';
import { SubscriptionBanner } from './subscription-banner.js';

/** The tab itself; lightboxes come when they are asked for. */
export function BackupsTab({ me }: { me: Me }) {
  const [status, setStatus] = useState<BackupStatus | null>(null);
  const [cancelling, setCancelling] = useState<string | null>(null);
  const [notice, setNotice] = usePassing();
  const path = usePath();
  const place: Place = cancelling === null ? placeOf(path) : { kind: 'cancel', backupId: cancelling };
  const download = useDownload(setNotice);
  // Fetched when nothing else is; whoever opens one earlier waits for it and is told when it cannot come.
  useEffect(() => void loadLightbox().catch(() => undefined), []);
  useEffect(() => tellHost(path), [path]);
  const close = () => (cancelling === null ? go('/') : setCancelling(null));
  const actions = { cancel: ({ backupId }: Backup) => setCancelling(backupId), download };
  return (
    <>
      <TitleRow me={me} />
      <SubscriptionBanner subscription={me.subscription} />
      <LiveLine />
      <p role="status" className={notice ? 'banner told' : 'unseen'}>
        {notice}
      </p>
      <StatusFilter status={status} choose={setStatus} nextScanAt={me.nextScanAt} />
      <BackupsList status={status} actions={actions} nextScanAt={me.nextScanAt} mayRequest={me.canRequestBackup} />
      {place.kind !== 'list' && (
        <LightboxPlace place={place} me={me} close={close} tell={setNotice} download={download} />
      )}
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

const NOTICE_MS = 20_000;

/** A text that goes away by itself: the table says the same for good. */
function usePassing() {
  const [text, setText] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setText(''), NOTICE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return [text, setText] as const;
}
