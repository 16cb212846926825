import type { SubmitEvent } from 'react';
import { addressOf } from '../address/address.js';
import type { Me } from '../api/client.js';
import { Icon } from '../elements/icons.js';
import { signOut } from '../host/sign-in.js';
import { useLanguage } from '../language/language.js';

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
            <button className="button quiet" type="submit">
              {say('account.signOut')}
            </button>
          </form>
        )}
      </div>
    </header>
  );
}

function signOutFrom(event: SubmitEvent<HTMLFormElement>): void {
  const form = event.currentTarget;
  event.preventDefault();
  // Sent as a form it ends the session here at least.
  signOut().catch(() => form.submit());
}
