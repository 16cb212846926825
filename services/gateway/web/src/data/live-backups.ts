import type { InfiniteData } from '@tanstack/react-query';
import { addressOf } from '../address/address.js';
import type { Backup, BackupsPage } from '../api/client.js';
import { backupKey, backupsKey, queryClient } from './queries.js';

const CHECK_MS = 5_000;
/** A check this late means that the machine slept, and the connection may have died unnoticed. */
const SLEPT_MS = 20_000;
const POLL_MS = 15_000;

type Listed = InfiniteData<BackupsPage, string>;

/** Keeps what is shown up to date, by events from the server or else by polling. Returns a function that stops it. */
export function watchBackups(tell: (connected: boolean) => void): () => void {
  let source = connect(tell);
  let lastCheck = Date.now();
  let lastPoll = Date.now();
  const reconnect = () => {
    source.close();
    source = connect(tell);
  };
  const check = () => {
    const now = Date.now();
    const slept = now - lastCheck > SLEPT_MS;
    lastCheck = now;
    if (slept) reconnect();
    if (source.readyState === EventSource.OPEN || now - lastPoll < POLL_MS) return;
    lastPoll = now;
    if (source.readyState === EventSource.CLOSED) reconnect();
    refresh();
  };
  const timer = setInterval(check, CHECK_MS);
  addEventListener('online', reconnect);
  return () => {
    clearInterval(timer);
    removeEventListener('online', reconnect);
    source.close();
  };
}

function connect(tell: (connected: boolean) => void): EventSource {
  const source = new EventSource(addressOf('/api/v1/events'));
  source.addEventListener('open', () => {
    tell(true);
    // Catches up with what happened while nobody listened.
    refresh();
  });
  source.addEventListener('error', () => tell(false));
  source.addEventListener('backup', ({ data }: MessageEvent<string>) => showChanged(JSON.parse(data) as Backup));
  return source;
}

/** Fetches everything that is shown again. */
export function refresh(): void {
  void queryClient.invalidateQueries({ queryKey: backupsKey });
  void queryClient.invalidateQueries({ queryKey: ['backup'] });
  void queryClient.invalidateQueries({ queryKey: ['me'] });
}

/** Shows a backup that changed, wherever it appears. */
export function showChanged(backup: Backup): void {
  queryClient.setQueryData(backupKey(backup.backupId), backup);
  let statusChanged = true;
  for (const [key, listed] of queryClient.getQueriesData<Listed>({ queryKey: backupsKey })) {
    const before = listed?.pages.flatMap(({ items }) => items).find(({ backupId }) => backupId === backup.backupId);
    if (!listed || !before) continue;
    statusChanged = before.status !== backup.status;
    queryClient.setQueryData<Listed>(key, replaced(listed, backup));
  }
  if (!statusChanged) return;
  // A filtered list may gain or lose it, and whether a backup can be requested may change.
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
