import type { Backup } from '../api/client.js';
import { go } from '../data/address.js';
import { Icon } from '../icons.js';
import { useLanguage } from '../language/language.js';
import type { RowActions } from './row-actions.js';

/** Trash while pending, download while completed, history always. */
export function RowButtons({ backup, actions }: { backup: Backup; actions: RowActions }) {
  const { say, dateTime, size } = useLanguage();
  const at = dateTime(backup.createdAt);
  const bytes = size(backup.archive?.sizeBytes ?? 0);
  return (
    <div className="row-buttons">
      {backup.actions.download && (
        <button
          type="button"
          className="button"
          aria-label={say('action.download', { at, size: bytes })}
          onClick={() => void actions.download(backup)}
        >
          <Icon name="download" />
          {bytes}
        </button>
      )}
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
