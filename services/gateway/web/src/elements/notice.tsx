import type { ReactNode } from 'react';
import { Icon, type IconName } from '../icons.js';

interface NoticeProps {
  readonly title: string;
  readonly text?: string;
  readonly icon?: IconName;
  readonly busy?: boolean;
  /** It stands for the whole page, so its title is the page's. */
  readonly whole?: boolean;
  readonly children?: ReactNode;
}

/** Fills the place of what is not there: empty, loading, refused, broken. */
export function Notice({ title, text, icon, busy = false, whole = false, children }: NoticeProps) {
  const Title = whole ? 'h1' : 'h2';
  return (
    <section className="notice" aria-busy={busy}>
      {icon && (
        <span className="notice-icon">
          <Icon name={icon} />
        </span>
      )}
      <Title>{title}</Title>
      {text && <p>{text}</p>}
      {children}
    </section>
  );
}
