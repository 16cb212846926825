import type { ReactNode } from 'react';
import { Icon, type IconName } from './icons.js';

interface NoticeProps {
  readonly title: string;
  readonly text?: string;
  readonly icon?: IconName;
  readonly busy?: boolean;
  /** It takes the place of the whole page, so its title is the page heading. */
  readonly whole?: boolean;
  readonly children?: ReactNode;
}

/** Stands in for content that is empty, loading, refused or broken. */
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
