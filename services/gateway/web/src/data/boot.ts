import type { BackupsPage, Me } from '../api/client.js';

interface Boot {
  readonly signedIn: boolean;
  readonly me?: Me;
  readonly backups?: BackupsPage;
}

/** Data that the gateway puts into the page, so that the first paint needs no call. */
export const boot: Boot = JSON.parse(document.getElementById('boot')?.textContent ?? '{"signedIn":true}') as Boot;
