import { createHash } from 'node:crypto';

const style = `
:root { color-scheme: light dark; --ink: #1d2733; --soft: #5a6878; --line: #c9d1da; --page: #f4f6f8; --card: #fff; --accent: #1d5fa8; --alert: #a3261b; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6ebf0; --soft: #9fadbc; --line: #3a4653; --page: #12181f; --card: #1b232c; --accent: #6cabee; --alert: #ff9a8d; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { width: min(24rem, calc(100vw - 2rem)); padding: 2rem; background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
h1 { margin: 0 0 .25rem; font-size: 1.375rem; }
p { margin: 0 0 1.25rem; color: var(--soft); }
p[role=alert] { color: var(--alert); font-weight: 600; }
label { display: block; margin-bottom: 1rem; font-weight: 600; }
input { display: block; width: 100%; margin-top: .25rem; padding: .625rem .75rem; font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: 8px; }
button { width: 100%; padding: .7rem; font: inherit; font-weight: 600; color: var(--card); background: var(--accent); border: 0; border-radius: 8px; cursor: pointer; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`;

const styleHash = createHash('sha256').update(style).digest('base64');

/** The policy of the page; the form's answer leads back to the gateway, which browsers count as part of the form. */
export function signInPolicy(gatewayUrl: string): string {
  const own = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; frame-ancestors 'none'`;
  return `${own}; form-action 'self' ${new URL(gatewayUrl).origin}`;
}

/** The sign-in form. `message` says why the last try did not succeed. */
export function signInPage({ name, message }: { readonly name: string; readonly message?: string }): string {
  const alert = message === undefined ? '' : `<p role="alert">${escapeHtml(message)}</p>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sign in: Account Backups</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>Sign in</h1>
<p>Account Backups, on this machine</p>
${alert}
<form method="post" autocomplete="on">
<label>User name<input name="name" value="${escapeHtml(name)}" placeholder="user@account" autocomplete="username" autocapitalize="none" spellcheck="false" required autofocus></label>
<label>Password<input name="password" type="password" autocomplete="current-password" required></label>
<button>Sign in</button>
</form>
</main>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
