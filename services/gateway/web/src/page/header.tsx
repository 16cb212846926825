import type { Me } from '../api/client.js';
import { addressOf } from '../data/address.js';
import { Icon } from '../icons.js';
import { useLanguage } from '../language/language.js';

/** Where one is and who one is; the host system shows its own when it frames the page. */
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
          <form className="account" method="post" action={addressOf('/sign-out')}>
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
