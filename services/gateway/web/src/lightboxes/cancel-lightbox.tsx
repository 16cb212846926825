import { useMutation, useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client.js';
import { refresh, showChanged } from '../data/live-backups.js';
import { backupQuery } from '../data/queries.js';
import { faultText } from '../elements/fault-text.js';
import { Lightbox } from '../elements/lightbox.js';
import { useLanguage } from '../language/language.js';

interface CancelLightboxProps {
  readonly backupId: string;
  readonly close: () => void;
  readonly tell: (text: string) => void;
}

export function CancelLightbox({ backupId, close, tell }: CancelLightboxProps) {
  const { say, dateTime } = useLanguage();
  const { data: backup } = useQuery(backupQuery(backupId));
  const cancel = useMutation({
    mutationFn: () => bodyOf(api.POST('/api/v1/backups/{backupId}/cancel', { params: { path: { backupId } } })),
    onSuccess: (cancelled) => {
      showChanged(cancelled);
      close();
    },
    onError: (error) => {
      tell(faultText(say, error));
      refresh();
      close();
    },
  });
  return (
    <Lightbox title={say('cancel.title')} close={close} size="small" question>
      <div className="lightbox-body">
        <p>{say('cancel.text', { at: backup ? dateTime(backup.createdAt) : '…' })}</p>
      </div>
      <footer className="lightbox-foot">
        <button type="button" className="button" onClick={close}>
          {say('cancel.keep')}
        </button>
        <button
          type="button"
          className="button primary danger"
          disabled={cancel.isPending}
          onClick={() => cancel.mutate()}
        >
          {say('cancel.confirm')}
        </button>
      </footer>
    </Lightbox>
  );
}
