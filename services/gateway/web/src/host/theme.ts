const TOKEN = /^--ab-[a-z][a-z-]{0,40}$/;
const VALUE = /^(?!.*url\()[\w\s#%.,()'"/-]{1,200}$/i;

/**
 * How a host system gives the page its own look: `?embed`, `?scheme=light|dark`, `?accent=<hex>`, `?radius=<0 to 24>`,
 * and in a frame any token of tokens.css, as in `?--ab-font=Georgia`. Anything else is ignored.
 */
export function applyTheme(query: URLSearchParams): void {
  const { documentElement: page } = document;
  page.removeAttribute('style');
  page.toggleAttribute('data-embedded', query.has('embed'));
  const scheme = query.get('scheme');
  if (scheme === 'light' || scheme === 'dark') page.dataset['scheme'] = scheme;
  else delete page.dataset['scheme'];
  const accent = query.get('accent');
  if (accent !== null && /^[0-9a-f]{6}$/i.test(accent)) page.style.setProperty('--ab-accent', `#${accent}`);
  const radius = query.get('radius');
  if (radius !== null && /^(1?\d|2[0-4])$/.test(radius)) page.style.setProperty('--ab-radius', `${radius}px`);
  // Outside a frame anybody could send a link, and some tokens can hide text.
  if (parent === window) return;
  for (const [name, value] of query) if (TOKEN.test(name) && VALUE.test(value)) page.style.setProperty(name, value);
}
