import { useRef, type ReactNode } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useLanguage } from '../language/language.js';
import { Icon } from './icons.js';
import './lightbox.css';

interface LightboxProps {
  readonly title: string;
  readonly close: () => void;
  readonly size?: 'small' | 'medium' | 'large';
  /** A question that must be answered: a click beside it does not close it. */
  readonly question?: boolean;
  readonly children: ReactNode;
}

/** A lightbox: focus stays in it, Escape closes it, and focus goes back to where it came from. */
export function Lightbox({ title, close, size = 'medium', question = false, children }: LightboxProps) {
  const { say } = useLanguage();
  const returnTo = useRef(document.activeElement);
  const changed = (open: boolean) => {
    if (open) return;
    close();
    if (returnTo.current instanceof HTMLElement) returnTo.current.focus();
  };
  return (
    <ModalOverlay isOpen className="overlay" isDismissable={!question} onOpenChange={changed}>
      <Modal className={`lightbox ${size}`}>
        <Dialog role={question ? 'alertdialog' : 'dialog'} className="lightbox-inner">
          <header className="lightbox-head">
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            <button
              type="button"
              className="button icon-only quiet"
              aria-label={say('action.close')}
              onClick={() => changed(false)}
            >
              <Icon name="close" />
            </button>
          </header>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
