import { AppError, type ByteRange } from '@account-backups/contracts';

/**
 * What a `Range` header asks of `size` bytes (RFC 9110, section 14.2): one range, or `'all'` where there is no header
 * or one that we do not follow (another unit, bad syntax). Throws `RANGE_NOT_SATISFIABLE` for a range that begins
 * beyond the end, and for several.
 */
export function readRange(header: string | undefined, size: number): ByteRange | 'all' {
  const set =
    /^\s*bytes\s*=(.*)$/i
      .exec(header ?? '')?.[1]
      ?.split(',')
      .map((spec) => spec.trim())
      .filter(Boolean) ?? [];
  if (!set.every((spec) => /^(\d+-\d*|-\d+)$/.test(spec))) return 'all';
  const [spec, ...others] = set;
  if (spec === undefined) return 'all';
  if (others.length > 0) throw new AppError('RANGE_NOT_SATISFIABLE', 'expected one range at a time');
  const [first = '', last = ''] = spec.split('-');
  if (first === '') return suffix(BigInt(last), size);
  const [start, end] = [BigInt(first), last === '' ? BigInt(size) : BigInt(last) + 1n];
  if (end <= start && last !== '') return 'all';
  if (start >= size) throw beyond(size);
  return { start: Number(start), end: Number(end < size ? end : size) };
}

function suffix(length: bigint, size: number): ByteRange {
  if (length === 0n || size === 0) throw beyond(size);
  return { start: length < size ? size - Number(length) : 0, end: size };
}

function beyond(size: number): AppError {
  return new AppError('RANGE_NOT_SATISFIABLE', `the archive has ${size} bytes`);
}
