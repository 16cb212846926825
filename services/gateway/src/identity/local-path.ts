/** An address of this host below `home` to come back to; anything that could lead elsewhere becomes its first page. */
export function localPath(value: unknown, home: string): string {
  const first = `${home}/`;
  if (typeof value !== 'string' || value.length > 2_000) return first;
  if (!value.startsWith(first) || !/^\/(?![/\\])[\x21-\x7e]*$/.test(value)) return first;
  return value;
}
