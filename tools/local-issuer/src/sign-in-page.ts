import { escapeHtml, page } from './page.js';

/** The sign-in form. `message` says why the last attempt failed. */
export function signInPage({ name, message }: { readonly name: string; readonly message?: string }): string {
  const alert = message === undefined ? '' : `<p role="alert">${escapeHtml(message)}</p>`;
  return page(
    'Sign in',
    `<p>Account Backups, on this machine</p>
${alert}
<form method="post" autocomplete="on">
<label>User name<input name="name" value="${escapeHtml(name)}" placeholder="user@account" autocomplete="username" autocapitalize="none" spellcheck="false" required autofocus></label>
<label>Password<input name="password" type="password" autocomplete="current-password" required></label>
<button>Sign in</button>
</form>`,
  );
}

/** For a sign-in that cannot go on; leads back to the gateway, where a new one begins. */
export function endedPage(reason: string, gatewayUrl: string): string {
  return page(
    'Signing in did not succeed',
    `<p role="alert">${escapeHtml(reason)}</p>
<p><a href="${escapeHtml(gatewayUrl)}/">Back to Account Backups</a></p>`,
  );
}
