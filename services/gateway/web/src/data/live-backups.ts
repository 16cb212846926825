import type { InfiniteData } from '@tanstack/react-query';
import type { Backup, BackupsPage } from '../api/client.js';
import { addressOf } from './address.js';
import { backupKey, backupsKey, queryClient } from './queries.js';

const TICK_MS = 5_000;
/** A timer that is so late means that the machine slept: the connection may be dead without knowing. */
const SLEPT_MS = 20_000;
const POLL_MS = 15_000;

type Listed = InfiniteData<BackupsPage, string>;

/** Keeps what is shown true: by server-sent events, and by asking while they are away. Returns how to stop. */
export function watchBackups(tell: (connected: boolean) => void): () => void {
  let source = connect(tell);
  let lastTick = Date.now();
  let lastPoll = Date.now();
  const again = () => {
    source.close();
    source = connect(tell);
  };
  const tick = () => {
    const now = Date.now();
    const slept = now - lastTick > SLEPT_MS;
    lastTick = now;
    if (slept) again();
    if (source.readyState === EventSource.OPEN || now - lastPoll < POLL_MS) return;
    lastPoll = now;
    if (source.readyState === EventSource.CLOSED) again();
    refresh();
  };
  const timer = setInterval(tick, TICK_MS);
  addEventListener('online', again);
  return () => {
    clearInterval(timer);
    removeEventListener('online', again);
    source.close();
  };
}

function connect(tell: (connected: boolean) => void): EventSource {
  const source = new EventSource(addressOf('/api/v1/events'));
  source.addEventListener('open', () => {
    tell(true);
    // Whatever happened while nobody listened.
    refresh();
  });
  source.addEventListener('error', () => tell(false));
  source.addEventListener('backup', ({ data }: MessageEvent<string>) => take(JSON.parse(data) as Backup));
  return source;
}

/** Asks for everything shown once more. */
export function refresh(): void {
  void queryClient.invalidateQueries({ queryKey: backupsKey });
  void queryClient.invalidateQueries({ queryKey: ['backup'] });
  void queryClient.invalidateQueries({ queryKey: ['me'] });
}

/** Puts a backup that changed where it is shown. */
export function take(backup: Backup): void {
  queryClient.setQueryData(backupKey(backup.backupId), backup);
  let statusChanged = true;
  for (const [key, listed] of queryClient.getQueriesData<Listed>({ queryKey: backupsKey })) {
    const before = listed?.pages.flatMap(({ items }) => items).find(({ backupId }) => backupId === backup.backupId);
    if (!listed || !before) continue;
    statusChanged = before.status !== backup.status;
    queryClient.setQueryData<Listed>(key, replaced(listed, backup));
  }
  if (!statusChanged) return;
  // A filtered list may gain or lose it, and the right to request depends on it.
  void queryClient.invalidateQueries({ queryKey: backupsKey });
  void queryClient.invalidateQueries({ queryKey: ['me'] });
}

function replaced(listed: Listed, backup: Backup): Listed {
  const pages = listed.pages.map((page) => {
    if (!page.items.some(({ backupId }) => backupId === backup.backupId)) return page;
    return { ...page, items: page.items.map((item) => (item.backupId === backup.backupId ? backup : item)) };
  });
  return { ...listed, pages };
}
