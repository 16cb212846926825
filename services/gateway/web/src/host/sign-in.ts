import { addressOf } from '../address/address.js';
import { framed } from './host.js';

const SIGNED_IN = '/signed-in';
const channel = new BroadcastChannel('account-backups');

/** The link that starts signing in. In a frame it opens a window of its own: issuers refuse to be framed. */
export function signInLink(): { readonly href: string; readonly target?: string; readonly rel?: string } {
  const returnTo = framed ? addressOf(SIGNED_IN) : `${location.pathname}${location.search}`;
  const href = addressOf(`/sign-in?returnTo=${encodeURIComponent(returnTo)}`);
  return framed ? { href, target: '_blank', rel: 'opener' } : { href };
}

/** In the window that signed in for a frame: tells the frame and closes. */
export function endSignIn(): void {
  if (location.pathname !== addressOf(SIGNED_IN)) return;
  channel.postMessage('signed in');
  window.close();
}

/** In the frame: reloads once somebody has signed in. Returns a function that stops waiting. */
export function awaitSignIn(): () => void {
  const again = () => location.reload();
  channel.addEventListener('message', again);
  return () => channel.removeEventListener('message', again);
}
