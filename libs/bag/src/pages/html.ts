import { createHash } from 'node:crypto';

const entities: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

/** Text for an HTML element or a quoted attribute. Characters that HTML forbids become U+FFFD. */
export function escapeHtml(text: string): string {
  return text
    .toWellFormed()
    .replace(/(?![\t\n\r])\p{Cc}/gu, '\uFFFD')
    .replace(/[&<>"']/g, (character) => entities.get(character) ?? '');
}

// Latin letters and plain punctuation run left to right or take the direction around them: nothing to isolate.
const LEFT_TO_RIGHT = /^[\x20-\x7E\u00A0-\u024F\u2010-\u2027\u203A]*$/;

/** Text of unknown origin and direction: it cannot reverse what stands around it. */
export function isolated(text: string): string {
  return LEFT_TO_RIGHT.test(text) ? escapeHtml(text) : `<bdi>${escapeHtml(text)}</bdi>`;
}

/** A link to a file of the bag, from a page in the folder `from` (`data/`); works from `file:` on every system. */
export function relativeHref(path: string, from: string): string {
  const relative = path.startsWith(from)
    ? path.slice(from.length)
    : `${'../'.repeat(from.split('/').length - 1)}${path}`;
  return relative.split('/').map(encodeSegment).join('/');
}

function encodeSegment(segment: string): string {
  return encodeURIComponent(segment.toWellFormed()).replace(/[!'()*~]/g, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  });
}

/** The address to link to, or null for anything but http and https (`javascript:`, `file:`, no address at all). */
export function webHref(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, href } = new URL(url);
  return protocol === 'https:' || protocol === 'http:' ? href : null;
}

interface PageShell {
  readonly title: string;
  readonly style: string;
  /** Runs before the body is read. */
  readonly earlyScript?: string;
  /** Runs at the end of the body: hand the same to `pageFoot`. */
  readonly script?: string;
}

/** Everything up to and including `<body>`. Only this style and these scripts may act; nothing is ever fetched. */
export function pageHead({ title, style, earlyScript, script }: PageShell): string {
  const hashes = [earlyScript, script].flatMap((source) => (source === undefined ? [] : [sourceHash(source)]));
  const scripts = hashes.length > 0 ? ` script-src ${hashes.join(' ')};` : '';
  const policy = `default-src 'none'; style-src ${sourceHash(style)};${scripts} base-uri 'none'; form-action 'none'`;
  return (
    '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n' +
    `<meta http-equiv="Content-Security-Policy" content="${policy}">\n` +
    '<meta name="referrer" content="no-referrer">\n' +
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n' +
    '<meta name="robots" content="noindex">\n' +
    `<title>${escapeHtml(title)}</title>\n<style>${style}</style>\n${scriptElement(earlyScript)}</head>\n<body>\n`
  );
}

/** The end of a page with the script that its head allowed. */
export function pageFoot(script?: string): string {
  return `${scriptElement(script)}</body>\n</html>\n`;
}

function scriptElement(source: string | undefined): string {
  return source === undefined ? '' : `<script>${source}</script>\n`;
}

function sourceHash(source: string): string {
  return `'sha256-${createHash('sha256').update(source).digest('base64')}'`;
}
