import type { DownloadView } from '@account-backups/contracts';
import { distinctBytes } from './byte-intervals.js';

export interface Transfer {
  readonly from: number;
  readonly begunAt: Date;
  /** Null while nobody said how far it got. */
  readonly ended: { readonly at: Date; readonly bytesSent: number } | null;
}

export interface RecordedDownload {
  readonly ofBytes: number;
  readonly expiresAt: Date;
  readonly transfers: readonly Transfer[];
}

export type DownloadProgress = Pick<DownloadView, 'bytesSent' | 'outcome' | 'endedAt'>;

// A range whose end was never recorded, because its sender died, would otherwise be under way for ever.
const LONGEST_TRANSFER_MS = 12 * 3_600_000;

/**
 * How far a download got, as far as it was recorded. A range under way counts nothing until its end is known; a link
 * that nobody used yet is in progress until it runs out.
 */
export function progressOf(download: RecordedDownload, now: Date): DownloadProgress {
  const { transfers, ofBytes, expiresAt } = download;
  const bytesSent = distinctBytes(transfers.map(({ from, ended }) => ({ from, to: from + (ended?.bytesSent ?? 0) })));
  if (transfers.length === 0) return unused(expiresAt, now);
  if (bytesSent >= ofBytes) return { bytesSent, outcome: 'complete', endedAt: lastSignOfLife(transfers) };
  if (transfers.some((transfer) => isUnderWay(transfer, now)))
    return { bytesSent, outcome: 'in_progress', endedAt: null };
  return { bytesSent, outcome: 'interrupted', endedAt: lastSignOfLife(transfers) };
}

function unused(expiresAt: Date, now: Date): DownloadProgress {
  if (now < expiresAt) return { bytesSent: 0, outcome: 'in_progress', endedAt: null };
  return { bytesSent: 0, outcome: 'interrupted', endedAt: expiresAt.toISOString() };
}

function isUnderWay({ begunAt, ended }: Transfer, now: Date): boolean {
  return ended === null && now.getTime() - begunAt.getTime() < LONGEST_TRANSFER_MS;
}

function lastSignOfLife(transfers: readonly Transfer[]): string {
  const signs = transfers.map(({ begunAt, ended }) => (ended?.at ?? begunAt).getTime());
  return new Date(signs.reduce((last, sign) => Math.max(last, sign), 0)).toISOString();
}
