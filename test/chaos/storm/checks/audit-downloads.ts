// Each download of the journals is in the audit, with as many bytes as its client got, and no other one is.
import type { DownloadLink } from '../audit-links.js';
import type { Evidence } from '../evidence.js';
import type { Finding } from '../finding.js';
import type { DownloadEntry, RangeEntry } from '../journal.js';
import type { StormTarget } from '../target.js';
import {
  bytesRecorded,
  distinctBytes,
  recordedDownloads,
  type RecordedDownload,
  type RecordedRange,
} from './recorded-download.js';

/** How long after a client's last byte its gateway may take to say so. */
const REPORT_MS = 90_000;

export function downloadFaults({ journal, target }: Evidence, links: readonly DownloadLink[]): readonly Finding[] {
  const recorded = recordedDownloads(links);
  const made = journal.downloads.filter(({ effect }) => effect === 'done');
  const known = new Set(made.map(({ downloadId }) => downloadId));
  const others = [...recorded.values()].filter(({ start }) => !known.has(start.downloadId));
  const orphans = links.filter(({ downloadId }) => !recorded.has(downloadId));
  return [
    ...made.flatMap((entry) => entryFaults(entry, recorded.get(entry.downloadId ?? ''), target)),
    ...unmade(others, journal.downloads),
    ...orphans.map(({ downloadId, kind }) => finding('link-orphaned', downloadId, 'a start', kind)),
    ...[...recorded.values()].flatMap(rangeFaults),
  ];
}

function entryFaults(
  entry: DownloadEntry,
  recorded: RecordedDownload | undefined,
  target: StormTarget,
): readonly Finding[] {
  const where = `${entry.downloadId} of backup ${entry.backupId}, begun ${new Date(entry.sentAt).toISOString()}`;
  if (!recorded) return [finding('download-unrecorded', where, entry, 'no link')];
  const { start, ranges } = recorded;
  const said = { ...idsOf(start), userId: start.payload['userId'], ofBytes: start.payload['ofBytes'] };
  const expected = { ...idsOf(entry), userId: entry.userId, ofBytes: entry.ofBytes };
  const altered =
    JSON.stringify(said) === JSON.stringify(expected) ? [] : [finding('download-altered', where, expected, said)];
  return [...altered, ...countFaults(where, entry.ranges, ranges), ...byteFaults(where, { entry, recorded, target })];
}

/** As many ranges as there were answers, and at most as many more as there were calls of unknown fate. */
function countFaults(
  where: string,
  asked: readonly RangeEntry[],
  recorded: readonly RecordedRange[],
): readonly Finding[] {
  const named = ({ from, to }: { from: number; to: number }) => `${from} to ${to}`;
  const spans = new Set([...asked.map(named), ...recorded.map(named)]);
  return [...spans].flatMap((span) => {
    const calls = asked.filter((range) => named(range) === span);
    const least = calls.filter(({ effect }) => effect === 'done').length;
    const most = least + calls.filter(({ effect }) => effect === 'unknown').length;
    const found = recorded.filter((range) => named(range) === span).length;
    if (found >= least && found <= most) return [];
    const kind = found < least ? 'range-unrecorded' : 'range-unmade';
    const times = calls.map(({ sentAt, effect }) => `${new Date(sentAt).toISOString()} ${effect}`).join(', ');
    return [finding(kind, `${where}, ${span}`, `${least} to ${most}: ${times}`, found)];
  });
}

interface Compared {
  readonly entry: DownloadEntry;
  readonly recorded: RecordedDownload;
  readonly target: StormTarget;
}

/** What a client got had been sent, unless its gateway died before it could say so. */
function byteFaults(where: string, { entry, recorded, target }: Compared): readonly Finding[] {
  const bytes = bytesRecorded(recorded);
  const got = distinctBytes(entry.ranges.map(({ from, received }) => [from, from + received]));
  const least = entry.outcome === 'complete' ? entry.ofBytes : got;
  if (bytes >= least && bytes <= entry.ofBytes) return [];
  if (bytes > entry.ofBytes) return [finding('download-overstated', where, entry.ofBytes, bytes)];
  const until = Math.max(entry.doneAt, ...entry.ranges.map(({ doneAt }) => doneAt)) + REPORT_MS;
  if (target.gatewayFailed?.(entry.sentAt, until)) return [];
  return [finding('download-understated', `${where}, ${entry.outcome}`, least, bytes)];
}

/** A start that no answer named is that of a call of unknown fate, one for each. */
function unmade(others: readonly RecordedDownload[], entries: readonly DownloadEntry[]): readonly Finding[] {
  const left = entries.filter(({ effect }) => effect === 'unknown');
  return others.flatMap(({ start }) => {
    const { accountId, backupId, downloadId } = start;
    const fits = (entry: DownloadEntry) =>
      entry.accountId === accountId && entry.backupId === backupId && entry.userId === start.payload['userId'];
    const at = left.findIndex(fits);
    if (at >= 0) left.splice(at, 1);
    return at >= 0
      ? []
      : [finding('download-unmade', `${downloadId} of backup ${backupId}`, 'no such download', start)];
  });
}

function rangeFaults({ start, ranges }: RecordedDownload): readonly Finding[] {
  const where = `${start.downloadId} of backup ${start.backupId}`;
  return ranges.flatMap((range) => {
    if (range.bytesSent === null) return [finding('range-open', where, 'its end', range)];
    return range.bytesSent <= range.to - range.from
      ? []
      : [finding('range-overstated', where, range.to - range.from, range)];
  });
}

function idsOf({ accountId, backupId }: { accountId: string; backupId: string }) {
  return { accountId, backupId };
}

function finding(kind: string, where: string, expected: unknown, found: unknown): Finding {
  return { kind, what: 'the audit', where, expected, found };
}
