import { useLanguage } from '../language/language.js';

/** Holds the table's place while it is on its way. */
export function Skeleton() {
  const { say } = useLanguage();
  return (
    <div className="skeleton" role="status" aria-label={say('loading')}>
      <span />
      <span />
      <span />
      <span />
    </div>
  );
}
