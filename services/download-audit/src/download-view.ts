import type { DownloadView } from '@account-backups/contracts';
import { progressOf, type Transfer } from './download-progress.js';
import type { Link, RangeBegunPayload, RangeEndedPayload, StartedPayload } from './link.js';

/** A download as people see it, told from its start and what was recorded of its ranges. */
export function viewOf(start: Link, ranges: readonly Link[], now: Date): DownloadView {
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

function transfersOf(ranges: readonly Link[]): Transfer[] {
  const ended = new Map(ranges.filter(({ kind }) => kind === 'range_ended').map((link) => [link.transferId, link]));
  return ranges
    .filter(({ kind }) => kind === 'range_begun')
    .map(({ transferId, at, payload }) => {
      const end = ended.get(transferId);
      return {
        from: (payload as RangeBegunPayload).from,
        begunAt: at,
        ended: end ? { at: end.at, bytesSent: (end.payload as RangeEndedPayload).bytesSent } : null,
      };
    });
}
