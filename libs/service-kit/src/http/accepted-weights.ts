/**
 * The weight of each name in an `Accept` or `Accept-Encoding` header (RFC 9110, section 12.4.2), by the name in small
 * letters. Other parameters than `q` are left out.
 */
export function acceptedWeights(header: string | undefined): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const range of (header ?? '').toLowerCase().split(',')) {
    const [name = '', ...parameters] = range.split(';').map((part) => part.trim());
    const weight = parameters.map((parameter) => /^q=([\d.]+)$/.exec(parameter)?.[1]).find(Boolean);
    if (!weights.has(name)) weights.set(name, weight === undefined ? 1 : Number(weight));
  }
  return weights;
}
