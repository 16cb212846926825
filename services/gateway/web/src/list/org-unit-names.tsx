import type { Backup } from '../api/client.js';
import { useLanguage } from '../language/language.js';

const SHOWN = 3;

/** Every OU of a backup; a long list unfolds. */
export function OrgUnitNames({ all, orgUnits }: { all: boolean; orgUnits: Backup['orgUnits'] }) {
  const { say } = useLanguage();
  if (all) return say('row.allOrgUnits');
  const names = orgUnits.map(({ name }) => name);
  if (names.length <= SHOWN + 1) return names.join(', ');
  return (
    <details className="names">
      <summary>
        {names.slice(0, SHOWN).join(', ')}{' '}
        <span className="link">{say('row.more', { count: names.length - SHOWN })}</span>
      </summary>
      {names.slice(SHOWN).join(', ')}
    </details>
  );
}
