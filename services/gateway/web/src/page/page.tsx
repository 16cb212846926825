import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { codeOf, type Me } from '../api/client.js';
import { boot } from '../data/boot.js';
import { meQuery } from '../data/queries.js';
import { Notice } from '../elements/notice.js';
import { awaitSignIn, changeUserLink, signInFault, signInLink } from '../host/sign-in.js';
import { useLanguage } from '../language/language.js';
import { BackupsTab } from './backups-tab.js';
import { Header } from './header.js';
import './page.css';

const SIGN_IN_FAULTS = ['ACCOUNT_MISSING', 'USER_UNKNOWN', 'UNAVAILABLE'] as const;

/** Administration > Account Backups, as this person may see it. */
export function Page() {
  const { say } = useLanguage();
  const { data: me, error } = useQuery({ ...meQuery, enabled: boot.signedIn });
  useEffect(() => {
    document.title = me ? `${say('title')} · ${me.account.name}` : say('title');
  }, [me, say]);
  const signedOut = !boot.signedIn || codeOf(error) === 'UNAUTHENTICATED';
  return (
    <>
      <a className="skip" href="#content">
        {say('nav.skip')}
      </a>
      <Header me={signedOut ? undefined : me} />
      <main id="content" tabIndex={-1}>
        {signedOut ? <SignedOut /> : <Content me={me} failed={error !== null && !me} />}
      </main>
    </>
  );
}

function Content({ me, failed }: { me: Me | undefined; failed: boolean }) {
  const { say } = useLanguage();
  if (failed) return <Notice whole icon="offline" title={say('error.title')} text={say('error.UNAVAILABLE')} />;
  if (!me) return <Notice whole title={say('loading')} busy />;
  if (!me.canManageBackups)
    return <Notice whole icon="lock" title={say('noPermission.title')} text={say('noPermission.text')} />;
  return <BackupsTab me={me} />;
}

function SignedOut() {
  const { say } = useLanguage();
  useEffect(awaitSignIn, []);
  const fault = SIGN_IN_FAULTS.find((code) => code === signInFault());
  if (fault) return <SignInFailed code={fault} />;
  return (
    <Notice whole icon="box" title={say('signedOut.title')} text={say('signedOut.text')}>
      <a className="button primary" {...signInLink()}>
        {say('signedOut.action')}
      </a>
    </Notice>
  );
}

function SignInFailed({ code }: { code: (typeof SIGN_IN_FAULTS)[number] }) {
  const { say } = useLanguage();
  return (
    <Notice whole icon="lock" title={say('signIn.failed')} text={say(`signIn.${code}`)}>
      <p>
        <code>{code}</code>
      </p>
      <a className="button primary" {...changeUserLink()}>
        {say('signIn.changeUser')}
      </a>
    </Notice>
  );
}
