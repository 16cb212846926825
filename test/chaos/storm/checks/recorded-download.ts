import type { DownloadLink } from '../audit-links.js';
import { grouped } from '../evidence.js';

/** A download as its links have it. */
export interface RecordedDownload {
  readonly start: DownloadLink;
  readonly ranges: readonly RecordedRange[];
}

export interface RecordedRange {
  readonly from: number;
  /** The byte after the last one. */
  readonly to: number;
  /** Null while no link says that it ended. */
  readonly bytesSent: number | null;
}

export function recordedDownloads(links: readonly DownloadLink[]): ReadonlyMap<string, RecordedDownload> {
  const ended = new Map<string | null, number>();
  // What its sender said counts before what the audit concluded from its silence.
  for (const kind of ['range_lost', 'range_ended'] as const) {
    for (const link of links) if (link.kind === kind) ended.set(link.transferId, Number(link.payload['bytesSent']));
  }
  const begun = grouped(
    links.filter(({ kind }) => kind === 'range_begun'),
    ({ downloadId }) => downloadId,
  );
  const rangesOf = (downloadId: string) =>
    (begun.get(downloadId) ?? []).map(({ payload, transferId }) => ({
      from: Number(payload['from']),
      to: Number(payload['to']),
      bytesSent: ended.get(transferId) ?? null,
    }));
  const starts = links.filter(({ kind }) => kind === 'started');
  return new Map(starts.map((start) => [start.downloadId, { start, ranges: rangesOf(start.downloadId) }]));
}

/** How many bytes lie in any of these, each from its first byte to the byte after its last. */
export function distinctBytes(spans: readonly (readonly [from: number, to: number])[]): number {
  let bytes = 0;
  let reached = 0;
  for (const [from, to] of spans.toSorted(([a], [b]) => a - b)) {
    bytes += Math.max(0, to - Math.max(from, reached));
    reached = Math.max(reached, to);
  }
  return bytes;
}

export function bytesRecorded({ ranges }: RecordedDownload): number {
  return distinctBytes(ranges.map(({ from, bytesSent }) => [from, from + (bytesSent ?? 0)]));
}
