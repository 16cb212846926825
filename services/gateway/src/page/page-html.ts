interface PageData {
  /** Base64; the one that the page's style elements carry. */
  readonly nonce: string;
  /** What the page knows before its first call: who is signed in, and the newest backups. */
  readonly boot: unknown;
  /** Path below which the page and its files lie. */
  readonly home: string;
}

/** The built index.html with one visitor's data in it. */
export function pageHtml(index: string, { nonce, boot, home }: PageData): string {
  // With a plain "<", the name of a person or document could end the element.
  const data = JSON.stringify(boot).replaceAll('<', '\\u003c');
  const elements = `<meta property="csp-nonce" nonce="${nonce}"><script type="application/json" id="boot">${data}</script>`;
  return index.replaceAll('="./', `="${home}/`).replace('<!--boot-->', () => elements);
}

/** Allows only our own scripts and styles. Who may frame the page is the operator's choice. */
export function pagePolicy(nonce: string, frameAncestors: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "font-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    `frame-ancestors ${frameAncestors}`,
  ].join('; ');
}

/** Stands in where the page was not built. */
export const unbuilt = (home: string): string => `<!doctype html><html lang="en"><title>Account Backups</title>
<h1>Account Backups</h1><p>The page was not built: run "npm run build:page --workspace services/gateway".
The <a href="${home}/docs">API</a> works.</p></html>`;
