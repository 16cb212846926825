import { sizeOf, type TrailEntry } from '@account-backups/contracts';
import type {
  Link,
  RangeBegunPayload,
  RangeEndedPayload,
  RecordedPayload,
  StartedPayload,
  TalliedPayload,
} from '../rows/link.js';

/** What belongs to a link of a download: its start, and where its range began. */
export interface Surroundings {
  readonly start: StartedPayload | null;
  readonly begun: RangeBegunPayload | null;
}

/** A link as an auditor reads it. */
export function entryOf(link: Link, surroundings: Surroundings): TrailEntry {
  const { sequence, at } = link;
  const place = { sequence, at: at.toISOString() };
  if (link.kind !== 'recorded') return { ...place, ...ofDownload(link, surroundings) };
  const { recordId: _recordId, ...said } = link.payload as RecordedPayload;
  return { ...place, ...said };
}

type Said = Omit<TrailEntry, 'sequence' | 'at'>;

function ofDownload(link: Link, { start, begun }: Surroundings): Said {
  const { backupId, downloadId } = link;
  const { userId: id = null, userName: name = null } = start ?? {};
  const { ipAddress = null, userAgent = null } = begun ?? start ?? {};
  const said = { actor: { kind: 'person', id, name }, subject: `backup/${backupId}`, ipAddress, userAgent } as const;
  return { ...said, ...whatHappened(link, begun, { downloadId, ofBytes: start?.ofBytes ?? null }) };
}

type Details = TrailEntry['details'];

function whatHappened(
  { kind, transferId, payload }: Link,
  begun: RangeBegunPayload | null,
  download: Details,
): Pick<Said, 'action' | 'outcome' | 'details'> {
  if (kind === 'started') return { action: 'download.begun', outcome: 'ok', details: download };
  if (kind === 'tallied') {
    const { ranges, bytesSent } = payload as TalliedPayload;
    return { action: 'download.ended', outcome: 'ok', details: { ...download, ranges, bytesSent } };
  }
  const { from, to } = begun ?? { from: 0, to: 0 };
  const range = { ...download, transferId, from, to };
  if (kind === 'range_begun') return { action: 'range.begun', outcome: 'ok', details: range };
  const { bytesSent } = payload as RangeEndedPayload;
  const isWhole = kind === 'range_ended' && bytesSent === sizeOf({ start: from, end: to });
  return { action: 'download.ended', outcome: isWhole ? 'ok' : 'failed', details: { ...range, bytesSent } };
}
