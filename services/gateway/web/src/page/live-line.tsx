import { useEffect, useState, useSyncExternalStore } from 'react';
import { watchBackups } from '../data/live-backups.js';
import { Icon } from '../elements/icons.js';
import { useLanguage } from '../language/language.js';

/** A warning while the page cannot hear of changes; otherwise empty. */
export function LiveLine() {
  const { say } = useLanguage();
  const [connected, setConnected] = useState(true);
  const online = useSyncExternalStore(onConnectionChange, () => navigator.onLine);
  useEffect(() => watchBackups(setConnected), []);
  if (online && connected) return <div role="status" />;
  return (
    <div role="status" className="banner warn">
      <Icon name="offline" />
      <div>
        <strong>{online ? say('live.polling') : say('offline.title')}</strong>
        {!online && <p>{say('offline.text')}</p>}
      </div>
    </div>
  );
}

function onConnectionChange(listener: () => void): () => void {
  addEventListener('online', listener);
  addEventListener('offline', listener);
  return () => {
    removeEventListener('online', listener);
    removeEventListener('offline', listener);
  };
}
