import { go } from '../address/address.js';
import type { Backup } from '../api/client.js';
import { DownloadButton } from '../backup/download-button.js';
import { Icon } from '../elements/icons.js';
import { useLanguage } from '../language/language.js';
import type { RowActions } from './row-actions.js';

/** Trash while pending, download while completed, history always. */
export function RowButtons({ backup, actions }: { backup: Backup; actions: RowActions }) {
  const { say, dateTime } = useLanguage();
  const at = dateTime(backup.createdAt);
  return (
    <div className="row-buttons">
      <DownloadButton backup={backup} download={actions.download} />
      {backup.actions.cancel && (
        <button
          type="button"
          className="button icon-only danger"
          aria-label={say('action.cancel', { at })}
          title={say('cancel.confirm')}
          onClick={() => actions.cancel(backup)}
        >
          <Icon name="trash" />
        </button>
      )}
      <button
        type="button"
        className="button icon-only"
        aria-label={say('action.history', { at })}
        title={say('history.title')}
        onClick={() => go(`/backups/${backup.backupId}/history`)}
      >
        <Icon name="history" />
      </button>
    </div>
  );
}
