/**
 * How a host system that frames the page makes it its own: `?embed`, `?scheme=light|dark`, `?accent=<hex>`,
 * `?radius=<0 to 24>`. Anything else is passed over.
 */
export function applyTheme(query: URLSearchParams): void {
  const { documentElement: page } = document;
  page.toggleAttribute('data-embedded', query.has('embed'));
  const scheme = query.get('scheme');
  if (scheme === 'light' || scheme === 'dark') page.dataset['scheme'] = scheme;
  const accent = query.get('accent');
  if (accent !== null && /^[0-9a-f]{6}$/i.test(accent)) page.style.setProperty('--ab-accent', `#${accent}`);
  const radius = query.get('radius');
  if (radius !== null && /^(1?\d|2[0-4])$/.test(radius)) page.style.setProperty('--ab-radius', `${radius}px`);
}
