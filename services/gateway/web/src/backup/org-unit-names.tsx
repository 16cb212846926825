import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Backup } from '../api/client.js';
import { orgUnitsOfQuery } from '../data/queries.js';
import { useLanguage } from '../language/language.js';

const SHOWN = 3;

/** The OUs of a backup; a long list unfolds, and a very long one comes in pages. */
export function OrgUnitNames({ backup }: { backup: Backup }) {
  const { say } = useLanguage();
  const [isOpen, setOpen] = useState(false);
  if (backup.allOrgUnits) return say('row.allOrgUnits');
  if (backup.orgUnitCount <= SHOWN + 1) return namesOf(backup.orgUnits);
  return (
    <details className="names" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {namesOf(backup.orgUnits.slice(0, SHOWN))}{' '}
        <span className="link">{say('row.more', { count: backup.orgUnitCount - SHOWN })}</span>
      </summary>
      {isOpen && <OtherNames backup={backup} />}
    </details>
  );
}

function OtherNames({ backup }: { backup: Backup }) {
  const { say } = useLanguage();
  const isCut = backup.orgUnitCount > backup.orgUnits.length;
  const list = useInfiniteQuery({ ...orgUnitsOfQuery(backup.backupId), enabled: isCut });
  const known = list.data?.pages.flatMap(({ items }) => items) ?? backup.orgUnits;
  const left = backup.orgUnitCount - known.length;
  return (
    <>
      {namesOf(known.slice(SHOWN))}{' '}
      {left > 0 && (
        <button
          type="button"
          className="link"
          disabled={list.isFetching}
          onClick={() => void (list.data ? list.fetchNextPage() : list.refetch())}
        >
          {say('row.more', { count: left })}
        </button>
      )}
    </>
  );
}

function namesOf(orgUnits: Backup['orgUnits']): string {
  return orgUnits.map(({ name }) => name).join(', ');
}
