import { acceptedWeights } from '@account-backups/service-kit';

/**
 * Which of our two forms an `Accept` header prefers: CSV only where it is named, with a weight above none and no
 * smaller than that of JSON.
 */
export function preferredType(accept: string | undefined): 'json' | 'csv' {
  const weights = acceptedWeights(accept);
  const csv = weights.get('text/csv') ?? 0;
  return csv > 0 && csv >= (weights.get('application/json') ?? 0) ? 'csv' : 'json';
}
