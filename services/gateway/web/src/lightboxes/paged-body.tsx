import type { ReactNode } from 'react';
import { useMore, type PagedList } from '../data/use-more.js';
import { faultText } from '../elements/fault-text.js';
import { Notice } from '../elements/notice.js';
import { useLanguage } from '../language/language.js';

interface PagedBodyProps {
  readonly list: PagedList & { readonly isPending: boolean; readonly isError: boolean; readonly error: unknown };
  readonly children: ReactNode;
}

/** The body of a lightbox with a list that comes in pages: what it waits for, what failed, the list, and more of it. */
export function PagedBody({ list, children }: PagedBodyProps) {
  const { say } = useLanguage();
  const more = useMore(list);
  return (
    <div className="lightbox-body">
      {list.isPending && <Notice title={say('loading')} busy />}
      {list.isError && <Notice icon="warning" title={say('error.title')} text={faultText(say, list.error)} />}
      {children}
      {list.hasNextPage && (
        <button type="button" className="button more" disabled={more.isAwaited} onClick={more.show}>
          {say('action.more')}
        </button>
      )}
    </div>
  );
}
