// Most of them name others too, so the order counts.
const browsers = [
  [/Edg(?:e|A|iOS)?\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/(?:Firefox|FxiOS)\//, 'Firefox'],
  [/(?:Chrome|CriOS)\//, 'Chrome'],
  [/Safari\//, 'Safari'],
] as const;

const systems = [
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
] as const;

/** What people call the browser of a `User-Agent`, such as `Firefox, Linux`; null for one that nobody knows. */
export function browserName(userAgent: string): string | null {
  const found = [browsers, systems].map((names) => names.find(([mark]) => mark.test(userAgent))?.[1]);
  return found[0] === undefined ? null : found.filter(Boolean).join(', ');
}
