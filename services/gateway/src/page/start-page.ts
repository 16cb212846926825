import { createHash } from 'node:crypto';
import type { BackupView } from '@account-backups/contracts';
import type { MeView } from '../api/me-view.js';

const style = `
:root { color-scheme: light dark; --ink: #1d2733; --soft: #5a6878; --line: #d5dbe2; --page: #fff; --accent: #1d5fa8; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6ebf0; --soft: #9fadbc; --line: #3a4653; --page: #12181f; --accent: #6cabee; } }
body { max-width: 64rem; margin: 0 auto; padding: 2rem 1rem; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
header { display: flex; flex-wrap: wrap; gap: 1rem; align-items: center; justify-content: space-between; border-bottom: 1px solid var(--line); }
h1 { font-size: 1.5rem; }
p { color: var(--soft); }
a { color: var(--accent); }
.table { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .5rem .75rem .5rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
button { padding: .4rem .9rem; font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: 8px; cursor: pointer; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`;

/** The page runs no script and loads nothing. */
export const START_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'`;

/** For somebody who is not signed in. */
export function signedOutPage(): string {
  return page('<p><a href="/sign-in?returnTo=/">Sign in</a></p>');
}

/** Who is signed in, their subscription, and the newest backups that they may see. */
export function signedInPage(me: MeView, backups: readonly BackupView[]): string {
  const out = '<form method="post" action="/sign-out"><button>Sign out</button></form>';
  const { state, endsOn } = me.subscription;
  const term = endsOn === null ? state : `${state}, last day ${endsOn}`;
  const rows = backups.map((backup) => row(backup, me.account.timeZone)).join('');
  const table = `<div class="table"><table><thead><tr><th scope="col">Status</th><th scope="col">Created at</th>
<th scope="col">Created by</th><th scope="col">OUs</th><th scope="col">Documents</th></tr></thead><tbody>${rows}</tbody></table></div>`;
  return page(
    `<p>${escapeHtml(me.name)}, ${escapeHtml(me.account.name)}. Subscription: ${escapeHtml(term)}.</p>
${backups.length > 0 ? table : '<p>No backups that you may see.</p>'}`,
    out,
  );
}

function row(backup: BackupView, timeZone: string): string {
  const at = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone });
  const orgUnits = backup.allOrgUnits ? 'All OUs' : backup.orgUnits.map(({ name }) => name).join(', ');
  const cells = [
    words[backup.status],
    at.format(new Date(backup.createdAt)),
    backup.createdBy.name,
    orgUnits,
    backup.documentCount === null ? '' : String(backup.documentCount),
  ];
  return `<tr>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`;
}

const words: Readonly<Record<BackupView['status'], string>> = {
  pending: 'Pending',
  in_progress: 'In Progress',
  completed: 'Completed',
  expired: 'Expired',
  cancelled: 'Cancelled',
  failed: 'Failed',
};

function page(content: string, aside = ''): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Account Backups</title>
<style>${style}</style>
</head>
<body>
<header><h1>Account Backups</h1>${aside}</header>
<main>
${content}
<p>Backups are requested and downloaded through the <a href="/docs">API</a>.</p>
</main>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
