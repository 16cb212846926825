import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { BackupRequest } from '../api/client.js';
import { estimateQuery } from '../data/queries.js';
import { faultText } from '../elements/fault-text.js';
import { useLanguage } from '../language/language.js';

const SETTLE_MS = 250;

/** How many documents and bytes the choice comes to. */
export function EstimateLine({ scope }: { scope: BackupRequest }) {
  const { say, size } = useLanguage();
  const settled = useSettled(scope);
  const possible = settled.includeActive === true || settled.includeInactive === true;
  const { data, error, isFetching } = useQuery({
    ...estimateQuery(settled),
    enabled: possible,
    placeholderData: keepPreviousData,
  });
  if (!possible) return <p role="status">{say('ask.estimateNone')}</p>;
  if (error) return <p role="status">{faultText(say, error)}</p>;
  if (!data) return <p role="status">{say('ask.estimating')}</p>;
  const text = say('ask.estimate', { count: data.documentCount, size: size(data.sizeBytes) });
  return (
    <p role="status" className="estimate" aria-busy={isFetching || settled !== scope}>
      {text}
    </p>
  );
}

/** The scope, once it has stayed the same for a moment. */
function useSettled(scope: BackupRequest): BackupRequest {
  const [settled, setSettled] = useState(scope);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(scope), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [scope]);
  return settled;
}
