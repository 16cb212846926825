import type { Backup } from '../api/client.js';
import { Icon } from '../elements/icons.js';
import { useLanguage } from '../language/language.js';
import { exceptionTexts } from './exception-texts.js';

/** The status in colour, word and picture, and what is known about it. */
export function StatusSummary({ backup, nextScanAt }: { backup: Backup; nextScanAt?: string | null }) {
  const { say, time, dateTime } = useLanguage();
  const { status, failure, passwordProtected } = backup;
  return (
    <>
      <span className={`status ${status}`}>
        <Icon name={status} />
        {say(`status.${status}`)}
      </span>
      {status === 'pending' && nextScanAt && <span className="sub">{say('row.starts', { at: time(nextScanAt) })}</span>}
      {status === 'in_progress' && <Progress progress={backup.progress} />}
      {backup.waitingFor && backup.waitingSince && (
        <span className="sub waiting">
          <Icon name="warning" />
          {say(`wait.${backup.waitingFor}`, { at: dateTime(backup.waitingSince) })}
        </span>
      )}
      {failure && <span className="sub failure">{say(`failure.${failure.code}`)}</span>}
      {exceptionTexts(say, backup).map((text) => (
        <span className="sub exceptions" key={text}>
          <Icon name="warning" />
          {text}
        </span>
      ))}
      {passwordProtected && status !== 'failed' && status !== 'cancelled' && (
        <span className="sub">
          <Icon name="lock" />
          {say('row.protected')}
        </span>
      )}
    </>
  );
}

function Progress({ progress }: { progress: Backup['progress'] }) {
  const { say, percent, count, duration } = useLanguage();
  if (!progress || (progress.ofDocuments === 0 && progress.ofSizeBytes === 0)) return <Preparing />;
  const { documents, ofDocuments, sizeBytes, ofSizeBytes, secondsLeft } = progress;
  const [part, of] = ofSizeBytes > 0 ? [sizeBytes, ofSizeBytes] : [documents, ofDocuments];
  return (
    <span className="progress-cell">
      <progress className="progress" aria-label={say('row.progressLabel')} value={part} max={Math.max(1, of)} />
      <span className="sub">
        {percent(part, of)} · {say('row.progress', { done: count(documents), of: count(ofDocuments) })}
        {secondsLeft !== null && ` · ${say('row.left', { duration: duration(secondsLeft) })}`}
      </span>
    </span>
  );
}

/** While the work to do is still being counted. */
function Preparing() {
  const { say } = useLanguage();
  return (
    <span className="progress-cell">
      <progress className="progress" aria-label={say('row.progressLabel')} />
      <span className="sub">{say('row.preparing')}</span>
    </span>
  );
}
