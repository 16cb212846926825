import { addressOf } from '../data/address.js';
import { framed } from './host.js';

const SIGNED_IN = '/signed-in';
const channel = new BroadcastChannel('account-backups');

/** Where signing in begins. In a frame it happens in a window of its own: issuers refuse to be framed. */
export function signInLink(): { readonly href: string; readonly target?: string; readonly rel?: string } {
  const returnTo = framed ? addressOf(SIGNED_IN) : `${location.pathname}${location.search}`;
  const href = addressOf(`/sign-in?returnTo=${encodeURIComponent(returnTo)}`);
  return framed ? { href, target: '_blank', rel: 'opener' } : { href };
}

/** In the window that signed in for a frame: tells the frame and goes away. */
export function endSignIn(): void {
  if (location.pathname !== addressOf(SIGNED_IN)) return;
  channel.postMessage('signed in');
  window.close();
}

/** In the frame: loads again once somebody has signed in. Returns how to stop. */
export function awaitSignIn(): () => void {
  const again = () => location.reload();
  channel.addEventListener('message', again);
  return () => channel.removeEventListener('message', again);
}
