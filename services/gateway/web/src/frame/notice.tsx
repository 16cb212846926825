import type { ReactNode } from 'react';
import { Icon, type IconName } from '../icons.js';

interface NoticeProps {
  readonly title: string;
  readonly text?: string;
  readonly icon?: IconName;
  readonly busy?: boolean;
  readonly children?: ReactNode;
}

/** Fills the place of what is not there: empty, loading, refused, broken. */
export function Notice({ title, text, icon, busy = false, children }: NoticeProps) {
  return (
    <section className="notice" aria-busy={busy}>
      {icon && (
        <span className="notice-icon">
          <Icon name={icon} />
        </span>
      )}
      <h2>{title}</h2>
      {text && <p>{text}</p>}
      {children}
    </section>
  );
}
