import { useInfiniteQuery } from '@tanstack/react-query';
import type { Download } from '../api/client.js';
import { downloadsQuery } from '../data/queries.js';
import { Lightbox } from '../elements/lightbox.js';
import { Notice } from '../elements/notice.js';
import { useLanguage, type Language } from '../language/language.js';
import { PagedBody } from './paged-body.js';
import './history.css';

/** Who took a backup, newest first; also after it expired. */
export function HistoryLightbox({ backupId, close }: { backupId: string; close: () => void }) {
  const { say } = useLanguage();
  const list = useInfiniteQuery(downloadsQuery(backupId));
  const downloads = list.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Lightbox title={say('history.title')} close={close} size="large">
      <PagedBody list={list}>
        {list.isSuccess && downloads.length === 0 && <Notice icon="history" title={say('history.none')} />}
        {downloads.length > 0 && <Downloads downloads={downloads} />}
      </PagedBody>
    </Lightbox>
  );
}

const columns = ['who', 'when', 'where', 'outcome'] as const;

function Downloads({ downloads }: { downloads: readonly Download[] }) {
  const language = useLanguage();
  const { say, dateTime } = language;
  return (
    <table className="history">
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {say(`history.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {downloads.map((download) => (
          <tr key={download.downloadId}>
            <td>{download.user.name}</td>
            <td>{dateTime(download.startedAt)}</td>
            <td title={download.userAgent}>{download.ipAddress}</td>
            <td>{outcomeOf(download, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function outcomeOf({ outcome, bytesSent, ofBytes }: Download, { say, percent }: Language): string {
  if (outcome === 'complete') return say('history.complete');
  return say(`history.${outcome}`, { percent: percent(bytesSent, ofBytes) });
}
