import { useSyncExternalStore } from 'react';
import { home } from './home.js';

/** What is open: the list alone, or a lightbox over it. All but `cancel` and `sessions` have an address. */
export type Place =
  | { readonly kind: 'list' | 'request' | 'help' | 'sessions' }
  | { readonly kind: 'details' | 'history' | 'cancel'; readonly backupId: string };

const listeners = new Set<() => void>();

/** The address of one of the page's own paths, for a link. */
export function addressOf(path: string): string {
  return `${home}${path}`;
}

export function placeOf(path: string): Place {
  if (path === '/request') return { kind: 'request' };
  if (path === '/help') return { kind: 'help' };
  const [, backupId, rest] = /^\/backups\/([\w-]+)(?:\/(history))?$/.exec(path) ?? [];
  if (backupId === undefined) return { kind: 'list' };
  return { kind: rest === 'history' ? 'history' : 'details', backupId };
}

/** Goes to a path without reloading the page. The query, with language and theme, stays. */
export function go(path: string): void {
  history.pushState(null, '', `${addressOf(path)}${location.search}`);
  listeners.forEach((listener) => listener());
}

export function usePath(): string {
  return useSyncExternalStore(subscribe, () => location.pathname.slice(home.length));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    removeEventListener('popstate', listener);
  };
}
