/** A path on this host to come back to; anything that could lead elsewhere becomes `/`. */
export function localPath(value: unknown): string {
  if (typeof value !== 'string' || value.length > 2_000) return '/';
  if (!/^\/(?![/\\])[\x21-\x7e]*$/.test(value)) return '/';
  return value;
}
