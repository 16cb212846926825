import { sizeOf, type DownloadView } from '@account-backups/contracts';
import { progressOf, type Transfer } from './download-progress.js';
import type { TallyEntity } from '../rows/tally.entity.js';
import type { TransferEntity } from '../rows/transfer.entity.js';
import type {
  DownloadLink,
  Link,
  LinkKind,
  RangeBegunPayload,
  RangeEndedPayload,
  StartedPayload,
} from '../rows/link.js';

/** What is known of a download's ranges. */
export interface KnownRanges {
  readonly links: readonly Link[];
  readonly underWay: readonly Pick<TransferEntity, 'transferId' | 'unrecorded' | 'bytesSent' | 'notedAt'>[];
  readonly tally: Pick<TallyEntity, 'pieces' | 'lastEndedAt'> | null;
}

/** A download as people see it, made from the links of its start and of its ranges. */
export function viewOf(start: DownloadLink, ranges: KnownRanges, now: Date): DownloadView {
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

function transfersOf(known: KnownRanges): Transfer[] {
  return [...linkedTransfers(known), ...unlinkedTransfers(known), ...talliedTransfers(known)];
}

function linkedTransfers({ links, underWay }: KnownRanges): Transfer[] {
  const ended = new Map(endsOf(links, 'range_lost').concat(endsOf(links, 'range_ended')));
  const noted = new Map(underWay.map((transfer) => [transfer.transferId, transfer]));
  return links
    .filter(({ kind }) => kind === 'range_begun')
    .map(({ transferId, at, payload }) => {
      const end = ended.get(transferId);
      const known = noted.get(transferId ?? '');
      return {
        from: (payload as RangeBegunPayload).from,
        begunAt: at,
        noted: known ? { at: known.notedAt, bytesSent: known.bytesSent } : null,
        ended: end ? { at: end.at, bytesSent: (end.payload as RangeEndedPayload).bytesSent } : null,
      };
    });
}

function unlinkedTransfers({ underWay }: KnownRanges): Transfer[] {
  return underWay.flatMap(({ unrecorded, bytesSent, notedAt }) =>
    unrecorded ? [{ from: unrecorded.from, begunAt: notedAt, noted: { at: notedAt, bytesSent }, ended: null }] : [],
  );
}

function talliedTransfers({ tally }: KnownRanges): Transfer[] {
  if (!tally) return [];
  const at = tally.lastEndedAt;
  return tally.pieces.map((piece) => ({
    from: piece.start,
    begunAt: at,
    noted: null,
    ended: { at, bytesSent: sizeOf(piece) },
  }));
}

function endsOf(links: readonly Link[], wanted: LinkKind): [string | null, Link][] {
  return links.filter(({ kind }) => kind === wanted).map((link) => [link.transferId, link]);
}
