/** What a call is made with. It may end while the call goes on. */
export type Credential =
  | { readonly kind: 'session'; readonly sessionId: string }
  | { readonly kind: 'token'; readonly issuedAt: Date; readonly expiresAt: Date };

/** A person of an account, by session cookie or token. */
export interface Person {
  readonly kind: 'person';
  readonly accountId: string;
  readonly userId: string;
  readonly scopes: ReadonlySet<string>;
  readonly by: Credential;
}

/** Whether a person is meant: one, or with null everybody of an account. */
export function isOneOf(
  whose: { readonly accountId: string; readonly userId: string | null },
  { accountId, userId }: Pick<Person, 'accountId' | 'userId'>,
): boolean {
  return accountId === whose.accountId && (whose.userId === null || userId === whose.userId);
}

/** A person as an issuer names them, by token. Which user that is, `permissions` knows. */
export interface NamedPerson {
  readonly kind: 'named-person';
  readonly accountId: string;
  readonly subject: string;
  readonly scopes: ReadonlySet<string>;
  readonly by: Credential;
}

/** A program, by token. */
interface Program {
  readonly kind: 'program';
  readonly name: string;
  readonly scopes: ReadonlySet<string>;
}

export type Caller = Person | Program;

/** The scope that a person's calls need. */
export const BACKUPS_SCOPE = 'backups';
export const PROVISIONING_SCOPE = 'provisioning';
