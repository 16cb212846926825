import type { BackupStatus } from '../api/client.js';
import { useLanguage } from '../language/language.js';

const statuses: readonly BackupStatus[] = ['pending', 'in_progress', 'completed', 'expired', 'cancelled', 'failed'];

interface StatusFilterProps {
  readonly status: BackupStatus | null;
  readonly choose: (status: BackupStatus | null) => void;
  readonly nextScanAt: string | null;
}

export function StatusFilter({ status, choose, nextScanAt }: StatusFilterProps) {
  const { say, dateTime } = useLanguage();
  return (
    <div className="filter-row">
      <label>
        <span>{say('filter.label')}</span>
        <select
          value={status ?? ''}
          onChange={({ target }) => choose(statuses.find((known) => known === target.value) ?? null)}
        >
          <option value="">{say('filter.all')}</option>
          {statuses.map((known) => (
            <option key={known} value={known}>
              {say(`status.${known}`)}
            </option>
          ))}
        </select>
      </label>
      <span className="soft">
        {nextScanAt === null ? say('nextScanUnknown') : say('nextScan', { at: dateTime(nextScanAt) })}
      </span>
    </div>
  );
}
