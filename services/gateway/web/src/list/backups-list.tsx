import { useInfiniteQuery } from '@tanstack/react-query';
import type { BackupStatus } from '../api/client.js';
import { backupsQuery } from '../data/queries.js';
import { useMore } from '../data/use-more.js';
import { faultText } from '../elements/fault-text.js';
import { Notice } from '../elements/notice.js';
import { useLanguage } from '../language/language.js';
import { BackupRow } from './backup-row.js';
import type { RowActions } from './row-actions.js';
import { Skeleton } from './skeleton.js';
import './list.css';
import './backup-row.css';
import './list-narrow.css';

interface BackupsListProps {
  readonly status: BackupStatus | null;
  readonly actions: RowActions;
  readonly nextScanAt: string | null;
  readonly mayRequest: boolean;
}

/** The table of all backups that the person may see, newest first, or why there is none. */
export function BackupsList({ status, actions, nextScanAt, mayRequest }: BackupsListProps) {
  const { say } = useLanguage();
  const list = useInfiniteQuery(backupsQuery(status));
  const more = useMore(list);
  if (list.isPending) return <Skeleton />;
  const backups = list.data?.pages.flatMap(({ items }) => items) ?? [];
  if (list.isError && backups.length === 0) {
    return (
      <Notice icon="warning" title={say('error.title')} text={faultText(say, list.error)}>
        <button type="button" className="button" onClick={() => void list.refetch()}>
          {say('action.retry')}
        </button>
      </Notice>
    );
  }
  if (backups.length === 0) return <Empty filtered={status !== null} mayRequest={mayRequest} />;
  return (
    <>
      <table className="backups">
        <caption className="unseen">{say('table.label')}</caption>
        <Head />
        <tbody>
          {backups.map((backup) => (
            <BackupRow key={backup.backupId} backup={backup} actions={actions} nextScanAt={nextScanAt} />
          ))}
        </tbody>
      </table>
      {list.hasNextPage && (
        <button type="button" className="button more" disabled={more.isAwaited} onClick={more.show}>
          {say('action.more')}
        </button>
      )}
    </>
  );
}

const columns = [
  'status',
  'createdAt',
  'createdBy',
  'downloadExpires',
  'orgUnits',
  'documentCount',
  'actions',
] as const;

function Head() {
  const { say } = useLanguage();
  return (
    <thead>
      <tr>
        {columns.map((column) => (
          <th key={column} scope="col" className={`column-${column}`}>
            {say(`column.${column}`)}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Empty({ filtered, mayRequest }: { filtered: boolean; mayRequest: boolean }) {
  const { say } = useLanguage();
  if (filtered) return <Notice icon="box" title={say('empty.filtered')} />;
  return (
    <Notice icon="box" title={say('empty.title')} text={say(mayRequest ? 'empty.text' : 'empty.textForReaders')} />
  );
}
