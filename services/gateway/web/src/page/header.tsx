import { useState, type SubmitEvent } from 'react';
import { addressOf } from '../address/address.js';
import type { Me } from '../api/client.js';
import { Icon } from '../elements/icons.js';
import { signOut } from '../host/sign-in.js';
import { useLanguage } from '../language/language.js';
import { LazyLightbox } from './lazy-lightbox.js';

const SESSIONS = { kind: 'sessions' } as const;

/** Where you are and who you are. Hidden in a frame: the host system shows its own. */
export function Header({ me }: { me: Me | undefined }) {
  const { say } = useLanguage();
  return (
    <header className="masthead">
      <div className="masthead-inner">
        <span className="brand">
          <Icon name="box" />
          {me?.account.name ?? say('title')}
        </span>
        {me?.canManageBackups && (
          <nav aria-label={say('nav.label')}>
            <ol className="crumbs">
              <li>{say('nav.administration')}</li>
              <li>
                <a href={addressOf('/')} aria-current="page">
                  {say('title')}
                </a>
              </li>
            </ol>
          </nav>
        )}
        {me && (
          <form className="account" method="post" action={addressOf('/sign-out')} onSubmit={signOutFrom}>
            <span>{me.name}</span>
            <OwnSessions me={me} />
            <button className="button quiet" type="submit">
              {say('account.signOut')}
            </button>
          </form>
        )}
      </div>
    </header>
  );
}

/** Opens the list of sessions; it needs no right to backups. */
function OwnSessions({ me }: { me: Me }) {
  const { say } = useLanguage();
  const [open, setOpen] = useState(false);
  const [told, tell] = useState('');
  return (
    <>
      <button type="button" className="button quiet" onClick={() => setOpen(true)}>
        {say('sessions.open')}
      </button>
      {told && <p role="alert">{told}</p>}
      {open && <LazyLightbox place={SESSIONS} me={me} close={() => setOpen(false)} tell={tell} download={noDownload} />}
    </>
  );
}

// The list of sessions starts none.
const noDownload = () => Promise.resolve();

function signOutFrom(event: SubmitEvent<HTMLFormElement>): void {
  const form = event.currentTarget;
  event.preventDefault();
  // Sent as a form it ends the session here at least.
  signOut().catch(() => form.submit());
}
