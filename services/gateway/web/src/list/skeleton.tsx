import { useLanguage } from '../language/language.js';
import './skeleton.css';

/** Holds the place of the table while it loads. */
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
