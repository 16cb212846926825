import { createHash } from 'node:crypto';
import { errorCodes } from '@account-backups/contracts';
import { jsonSchemaOf } from '@account-backups/service-kit/openapi';
import type { z } from 'zod';
import { examples } from './examples.js';
import { routes, type Route } from './routes.js';

const style = `
:root { color-scheme: light dark; --ink: #1d2733; --soft: #5a6878; --line: #d5dbe2; --page: #fff; --code: #f4f6f8; --accent: #1d5fa8; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6ebf0; --soft: #9fadbc; --line: #3a4653; --page: #12181f; --code: #1b232c; --accent: #6cabee; } }
body { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem 4rem; background: var(--page); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
h1 { font-size: 1.75rem; margin: 0 0 .5rem; }
h2 { margin: 2.5rem 0 .5rem; font: 600 1.0625rem/1.4 ui-monospace, monospace; overflow-wrap: anywhere; border-top: 1px solid var(--line); padding-top: 1.5rem; }
h2 b { color: var(--accent); text-transform: uppercase; }
p, summary { color: var(--soft); margin: .25rem 0; }
pre { background: var(--code); padding: .75rem 1rem; border-radius: 8px; overflow-x: auto; font-size: .8125rem; }
a { color: var(--accent); }
table { border-collapse: collapse; font-size: .875rem; }
td { padding: .125rem 1rem .125rem 0; vertical-align: top; }
summary { cursor: pointer; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`;

/** Allows no script and loads nothing. */
export const DOCS_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; object-src 'none'; frame-ancestors 'self'`;

/** The API for people: each call with its body, its answer and its refusals. */
export function docsPage(): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API: Account Backups</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>The API of Account Backups</h1>
<p>JSON over HTTP, with a bearer token or a session cookie. Errors are <code>application/problem+json</code> with a stable
<code>code</code>. Lists come in pages: pass <code>nextCursor</code> as <code>cursor</code>. Times are ISO 8601 in UTC.
For programs: <a href="api/v1/openapi.json">openapi.json</a>.</p>
${routes.map(section).join('')}
</main>
</body>
</html>
`;
}

function section({ method, path, operationId, summary, scope, body, status, reply, errors }: Route): string {
  const example = examples[operationId];
  const rows = errors.map(
    (code) => `<tr><td>${errorCodes[code].status} <code>${code}</code></td><td>${errorCodes[code].title}</td></tr>`,
  );
  return `<section>
<h2><b>${method}</b> ${escapeHtml(path)}</h2>
<p>${escapeHtml(summary)}. ${scope === 'none' ? 'Open to anyone' : `Scope <code>${scope}</code>`}; answers ${status}.</p>
${body ? shape(`Body: ${body.type}`, body.schema, 'input') : ''}
${reply ? shape(`Answer: ${reply.type}`, reply.schema, 'output') : ''}
${example?.body === undefined ? '' : sample('Example of a body', example.body)}
${example?.reply === undefined ? '' : sample('Example of an answer', example.reply)}
${rows.length > 0 ? `<table>${rows.join('')}</table>` : ''}
</section>
`;
}

function shape(title: string, schema: z.ZodType | undefined, io: 'input' | 'output'): string {
  if (!schema) return `<p>${escapeHtml(title)}</p>`;
  const text = JSON.stringify(jsonSchemaOf(schema, io), null, 2);
  return `<details><summary>${escapeHtml(title)}</summary><pre>${escapeHtml(text)}</pre></details>`;
}

function sample(title: string, value: object): string {
  return `<details><summary>${title}</summary><pre>${escapeHtml(JSON.stringify(value, null, 2))}</pre></details>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
