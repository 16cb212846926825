import type { ReactNode } from 'react';
import { addressOf } from '../address/address.js';
import type { Backup } from '../api/client.js';
import { useLanguage } from '../language/language.js';
import { exceptionTexts } from '../backup/exception-texts.js';
import { OrgUnitNames } from '../backup/org-unit-names.js';

export function DetailsList({ backup }: { backup: Backup }) {
  const { say, dateTime, count, size } = useLanguage();
  const { archive, downloadExpiresAt, documentCount } = backup;
  const exceptions = exceptionTexts(say, backup);
  return (
    <dl className="details">
      <Entry term={say('column.createdBy')}>{backup.createdBy.name}</Entry>
      {downloadExpiresAt && <Entry term={say('column.downloadExpires')}>{dateTime(downloadExpiresAt)}</Entry>}
      <Entry term={say('column.orgUnits')}>
        <OrgUnitNames backup={backup} />
      </Entry>
      <Entry term={say('details.options')}>{useOptions(backup.options)}</Entry>
      <Entry term={say('details.password')}>{backup.passwordProtected ? say('details.yes') : say('details.no')}</Entry>
      {documentCount !== null && <Entry term={say('column.documentCount')}>{count(documentCount)}</Entry>}
      {exceptions.length > 0 && (
        <Entry term={say('details.exceptions')}>
          {exceptions.join(', ')}. {say('details.exceptionsText')}
        </Entry>
      )}
      {archive && <Entry term={say('details.size')}>{size(archive.sizeBytes)}</Entry>}
      {archive && (
        <Entry term={say('details.sha256')}>
          <code>{archive.sha256}</code>
        </Entry>
      )}
      {archive && (
        <Entry term={say('details.receiptTerm')}>
          <a
            href={addressOf(`/api/v1/backups/${backup.backupId}/receipt`)}
            download={`receipt-${backup.backupId}.json`}
          >
            {say('details.receipt')}
          </a>
        </Entry>
      )}
    </dl>
  );
}

function Entry({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function useOptions({ includeActive, includeInactive, excludeSuperseded }: Backup['options']): string {
  const { say } = useLanguage();
  const included = [
    includeActive && say('details.active'),
    includeInactive && say('details.inactive'),
    excludeSuperseded && say('details.superseded'),
  ];
  return included.filter((text) => text !== false).join(', ');
}
