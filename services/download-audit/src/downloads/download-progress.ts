import type { DownloadView } from '@account-backups/contracts';
import { distinctBytes } from './distinct-bytes.js';

export interface Transfer {
  readonly from: number;
  readonly begunAt: Date;
  /** How far it has got, as its sender last said; null where nobody noted it. */
  readonly noted: { readonly at: Date; readonly bytesSent: number } | null;
  /** Null until its end is recorded. */
  readonly ended: { readonly at: Date; readonly bytesSent: number } | null;
}

interface RecordedDownload {
  readonly ofBytes: number;
  readonly expiresAt: Date;
  readonly transfers: readonly Transfer[];
}

type DownloadProgress = Pick<DownloadView, 'bytesSent' | 'outcome' | 'endedAt'>;

// For ranges of which nobody noted how far they got: they must not count as under way for ever.
const MAX_TRANSFER_MS = 12 * 3_600_000;

/** How far a download got, as far as recorded. One without any range is in progress until it expires. */
export function progressOf(download: RecordedDownload, now: Date): DownloadProgress {
  const { transfers, ofBytes, expiresAt } = download;
  const bytesSent = distinctBytes(
    transfers.map(({ from, noted, ended }) => ({ start: from, end: from + ((ended ?? noted)?.bytesSent ?? 0) })),
  );
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

function isUnderWay({ begunAt, noted, ended }: Transfer, now: Date): boolean {
  if (ended) return false;
  return noted !== null || now.getTime() - begunAt.getTime() < MAX_TRANSFER_MS;
}

function lastSignOfLife(transfers: readonly Transfer[]): string {
  const signs = transfers.map(({ begunAt, noted, ended }) => ((ended ?? noted)?.at ?? begunAt).getTime());
  return new Date(signs.reduce((last, sign) => Math.max(last, sign), 0)).toISOString();
}
