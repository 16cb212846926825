/** A range of an object: first byte, and the byte after the last one. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * What a `Range` header asks of `size` bytes (RFC 9110, section 14.2): one span, `'all'` where there is no header or
 * one that we do not follow (another unit, several ranges, bad syntax), or `'unsatisfiable'`.
 */
export function readRange(header: string | undefined, size: number): Span | 'all' | 'unsatisfiable' {
  const found = /^bytes=\s*(\d{0,15})-(\d{0,15})\s*$/i.exec(header ?? '');
  const [first, last] = [found?.[1] ?? '', found?.[2] ?? ''];
  if (first === '' && last === '') return 'all';
  if (first === '') return suffix(Number(last), size);
  const from = Number(first);
  const to = last === '' ? size : Math.min(Number(last) + 1, size);
  if (last !== '' && Number(last) < from) return 'all';
  return from < size ? { from, to } : 'unsatisfiable';
}

function suffix(length: number, size: number): Span | 'unsatisfiable' {
  if (length === 0 || size === 0) return 'unsatisfiable';
  return { from: Math.max(0, size - length), to: size };
}
