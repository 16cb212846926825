import { CSV_BOM, csvRow } from '@account-backups/bag';
import type { ExpiringTerm } from './expiring.service.js';

const COLUMNS = ['accountId', 'accountName', 'startsOn', 'endsOn', 'endsAt', 'reference', 'daysLeft'] as const;

/** A table for spreadsheets, with a header. */
export function expiringCsv(items: readonly ExpiringTerm[]): string {
  const rows = items.map((item) => csvRow(COLUMNS.map((column) => item[column])));
  return [CSV_BOM, csvRow(COLUMNS), ...rows].join('');
}
