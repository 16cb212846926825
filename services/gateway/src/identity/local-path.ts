/**
 * Where to return to after signing in, below `home` on this host. Anything that could lead elsewhere becomes `home`.
 */
export function localPath(value: unknown, home: string): string {
  const first = `${home}/`;
  if (typeof value !== 'string' || value.length > 2_000) return first;
  if (!value.startsWith(first) || !/^\/(?![/\\])[\x21-\x7e]*$/.test(value)) return first;
  return value;
}
