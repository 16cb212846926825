import { createHash } from 'node:crypto';

const style = `
:root { color-scheme: light dark; --ink: #1d2733; --soft: #5a6878; --line: #c9d1da; --page: #f4f6f8; --card: #fff; --accent: #1d5fa8; --alert: #a3261b; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6ebf0; --soft: #9fadbc; --line: #3a4653; --page: #12181f; --card: #1b232c; --accent: #6cabee; --alert: #ff9a8d; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { width: min(24rem, calc(100vw - 2rem)); padding: 2rem; background: var(--card); border: 1px solid var(--line); border-radius: 12px; overflow-wrap: anywhere; }
h1 { margin: 0 0 .25rem; font-size: 1.375rem; }
p { margin: 0 0 1.25rem; color: var(--soft); }
p[role=alert] { color: var(--alert); font-weight: 600; }
a { color: var(--accent); }
label { display: block; margin-bottom: 1rem; font-weight: 600; }
input { display: block; width: 100%; margin-top: .25rem; padding: .625rem .75rem; font: inherit; font-weight: 400; color: inherit; background: transparent; border: 1px solid var(--soft); border-radius: 8px; }
button { width: 100%; padding: .7rem; font: inherit; font-weight: 600; color: var(--card); background: var(--accent); border: 0; border-radius: 8px; cursor: pointer; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`;

const styleHash = createHash('sha256').update(style).digest('base64');

/** Headers of every page: it runs no script, loads nothing, and its form leads back to the gateway at most. */
export function pageHeaders(gatewayUrl: string): Readonly<Record<string, string>> {
  const own = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; frame-ancestors 'none'`;
  return {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    // Browsers apply `form-action` to the redirect after a form, too.
    'content-security-policy': `${own}; form-action 'self' ${new URL(gatewayUrl).origin}`,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  };
}

/** A whole page around `content`, which is HTML already. */
export function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}: Account Backups</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
