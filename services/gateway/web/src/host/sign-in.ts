import { addressOf } from '../address/address.js';
import { framed } from './host.js';

const SIGNED_IN = '/signed-in';
const channel = new BroadcastChannel('account-backups');

interface Link {
  readonly href: string;
  readonly target?: string;
  readonly rel?: string;
}

/** Why signing in did not succeed: a code of the gateway's, as it says in the address; null where nothing failed. */
export function signInFault(): string | null {
  return new URLSearchParams(location.search).get('signIn');
}

/** The link that starts signing in. In a frame it opens a window of its own: issuers refuse to be framed. */
export function signInLink(): Link {
  const href = addressOf(`/sign-in?${new URLSearchParams({ returnTo: returnTo() }).toString()}`);
  return framed ? { href, target: '_blank', rel: 'opener' } : { href };
}

/** The same, where the issuer asks who signs in. */
export function changeUserLink(): Link {
  const { href, ...rest } = signInLink();
  return { ...rest, href: `${href}&prompt=select_account` };
}

function returnTo(): string {
  if (framed) return addressOf(SIGNED_IN);
  const { pathname, search } = location;
  // After a sign-in that failed the address says where that one was to lead; the gateway checks it again.
  return (signInFault() && new URLSearchParams(search).get('returnTo')) || `${pathname}${search}`;
}

/** Ends the session here and at the issuer, and goes to where the gateway says. */
export async function signOut(): Promise<void> {
  const headers = { accept: 'application/json' };
  const answer = await fetch(addressOf('/sign-out'), { method: 'POST', headers });
  if (!answer.ok) throw new Error(`signing out was answered ${answer.status}`);
  const { location: next } = (await answer.json()) as { location: string };
  location.assign(next);
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
