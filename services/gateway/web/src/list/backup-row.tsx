import { memo, type ReactNode } from 'react';
import { addressOf, go } from '../address/address.js';
import type { Backup } from '../api/client.js';
import { StatusSummary } from '../backup/status-summary.js';
import { Icon } from '../elements/icons.js';
import type { MessageKey } from '../language/en.js';
import { daysUntil } from '../language/formats.js';
import { useLanguage } from '../language/language.js';
import { OrgUnitNames } from '../backup/org-unit-names.js';
import type { RowActions } from './row-actions.js';
import { RowButtons } from './row-buttons.js';

interface BackupRowProps {
  readonly backup: Backup;
  readonly actions: RowActions;
  readonly nextScanAt: string | null;
}

/** One backup. Drawn again only when it has changed itself, so that an event costs one row and not the table. */
export const BackupRow = memo(Row, (before, after) => {
  return before.backup === after.backup && before.nextScanAt === after.nextScanAt;
});

function Row({ backup, actions, nextScanAt }: BackupRowProps) {
  const language = useLanguage();
  const { say, dateTime, count } = language;
  const at = dateTime(backup.createdAt);
  return (
    <tr data-backup={backup.backupId}>
      <Cell column="column.status">
        <StatusSummary backup={backup} nextScanAt={nextScanAt} />
      </Cell>
      <Cell column="column.createdAt">
        <a
          href={addressOf(`/backups/${backup.backupId}`)}
          aria-label={say('action.details', { at })}
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey) return;
            event.preventDefault();
            go(`/backups/${backup.backupId}`);
          }}
        >
          {at}
        </a>
      </Cell>
      <Cell column="column.createdBy">{backup.createdBy.name}</Cell>
      <Cell column="column.downloadExpires">
        <Expiry backup={backup} />
      </Cell>
      <Cell column="column.orgUnits">
        <OrgUnitNames backup={backup} />
      </Cell>
      <Cell column="column.documentCount">
        {backup.documentCount === null ? say('row.none') : count(backup.documentCount)}
      </Cell>
      <Cell column="column.actions">
        <RowButtons backup={backup} actions={actions} />
      </Cell>
    </tr>
  );
}

function Cell({ column, children }: { column: MessageKey; children: ReactNode }) {
  const { say } = useLanguage();
  return (
    <td className={column.replace('.', '-')}>
      <span className="cell-label" aria-hidden="true">
        {say(column)}
      </span>
      <div>{children}</div>
    </td>
  );
}

function Expiry({ backup: { downloadExpiresAt, status } }: { backup: Backup }) {
  const { say, dateTime } = useLanguage();
  if (downloadExpiresAt === null) return say('row.none');
  const left = daysUntil(downloadExpiresAt, Date.now());
  return (
    <>
      {dateTime(downloadExpiresAt)}
      {status === 'completed' && (
        <span className="sub">
          {left <= 2 && <Icon name="warning" />}
          {left === 0 ? say('row.expiresToday') : say('row.expires', { count: left })}
        </span>
      )}
    </>
  );
}
