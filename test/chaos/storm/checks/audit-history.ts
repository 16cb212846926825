// The history that people see is what the links say.
import type { DownloadLink } from '../audit-links.js';
import { call } from '../call.js';
import { canonical, grouped, type Evidence } from '../evidence.js';
import type { Finding } from '../finding.js';
import { ADMIN } from '../world.js';
import { bytesRecorded, recordedDownloads, type RecordedDownload } from './recorded-download.js';

interface HistoryPage {
  readonly items: readonly HistoryItem[];
  readonly nextCursor: string | null;
}

interface HistoryItem {
  readonly downloadId: string;
  readonly bytesSent: number;
  readonly ofBytes: number;
  readonly outcome: string;
}

export async function historyFaults(evidence: Evidence, links: readonly DownloadLink[]): Promise<readonly Finding[]> {
  const byBackup = grouped(recordedDownloads(links).values(), ({ start }) => start.backupId);
  const findings: Finding[] = [];
  for (const [backupId, downloads] of byBackup) {
    const accountId = downloads[0]?.start.accountId ?? '';
    const expected = inOrder(downloads.map(shown));
    const found = inOrder(await historyOf(evidence, accountId, backupId));
    if (canonical(expected) === canonical(found)) continue;
    findings.push({ kind: 'history-differs', what: 'the audit', where: `backup ${backupId}`, expected, found });
  }
  return findings;
}

function shown(download: RecordedDownload): HistoryItem {
  const { start, ranges } = download;
  const ofBytes = Number(start.payload['ofBytes']);
  const bytesSent = bytesRecorded(download);
  const isUsable = Date.parse(String(start.payload['expiresAt'])) > Date.now();
  const unfinished = ranges.length === 0 && isUsable ? 'in_progress' : 'interrupted';
  const outcome = ranges.length > 0 && bytesSent >= ofBytes ? 'complete' : unfinished;
  return { downloadId: start.downloadId, bytesSent, ofBytes, outcome };
}

async function historyOf(evidence: Evidence, accountId: string, backupId: string): Promise<readonly HistoryItem[]> {
  const { gateways } = evidence.target;
  const token = await evidence.target.token({ accountId, userId: ADMIN });
  const items: HistoryItem[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const path: string = `/api/v1/backups/${backupId}/downloads?limit=200${cursor && `&cursor=${cursor}`}`;
    const answer = await call(gateways[0] ?? '', { method: 'GET', path, token });
    if (answer.effect !== 'done')
      return [{ downloadId: `${answer.status} ${answer.code}`, bytesSent: 0, ofBytes: 0, outcome: '' }];
    const page = answer.body as HistoryPage;
    items.push(...page.items);
    cursor = page.nextCursor;
  }
  return items;
}

function inOrder(items: readonly HistoryItem[]): readonly HistoryItem[] {
  return items
    .map(({ downloadId, bytesSent, ofBytes, outcome }) => ({ downloadId, bytesSent, ofBytes, outcome }))
    .toSorted((a, b) => (a.downloadId < b.downloadId ? -1 : 1));
}
