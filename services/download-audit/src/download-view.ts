import type { DownloadView } from '@account-backups/contracts';
import { progressOf, type Transfer } from './download-progress.js';
import type { TransferEntity } from './transfer.entity.js';
import type { Link, LinkKind, RangeBegunPayload, RangeEndedPayload, StartedPayload } from './link.js';

/** What is known of a download's ranges. */
interface KnownRanges {
  readonly links: readonly Link[];
  /** Those under way, by their id. */
  readonly noted: ReadonlyMap<string, Pick<TransferEntity, 'bytesSent' | 'notedAt'>>;
}

/** A download as people see it, made from the links of its start and of its ranges. */
export function viewOf(start: Link, ranges: KnownRanges, now: Date): DownloadView {
  const { userId, userName, ipAddress, userAgent, ofBytes, expiresAt } = start.payload as StartedPayload;
  const download = { ofBytes, expiresAt: new Date(expiresAt), transfers: transfersOf(ranges) };
  return {
    downloadId: start.downloadId,
    startedAt: start.at.toISOString(),
    user: { userId, name: userName },
    ipAddress,
    userAgent,
    ofBytes,
    ...progressOf(download, now),
  };
}

function transfersOf({ links, noted }: KnownRanges): Transfer[] {
  const ended = new Map(endsOf(links, 'range_lost').concat(endsOf(links, 'range_ended')));
  return links
    .filter(({ kind }) => kind === 'range_begun')
    .map(({ transferId, at, payload }) => {
      const end = ended.get(transferId);
      const underWay = noted.get(transferId ?? '');
      return {
        from: (payload as RangeBegunPayload).from,
        begunAt: at,
        noted: underWay ? { at: underWay.notedAt, bytesSent: underWay.bytesSent } : null,
        ended: end ? { at: end.at, bytesSent: (end.payload as RangeEndedPayload).bytesSent } : null,
      };
    });
}

function endsOf(links: readonly Link[], wanted: LinkKind): [string | null, Link][] {
  return links.filter(({ kind }) => kind === wanted).map((link) => [link.transferId, link]);
}
