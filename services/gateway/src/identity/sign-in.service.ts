import { AppError } from '@account-backups/contracts';
import { personOf, tokenIssuer, TokenVerifier } from '@account-backups/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import * as oidc from 'openid-client';
import { CONFIG, type GatewayConfig } from '../config.js';
import { IssuerClient } from './issuer-client.js';
import { People } from './people.js';

/** What must come back with the code; kept in a short-lived cookie until then. */
export interface PendingSignIn {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

export interface SignedIn {
  readonly userId: string;
  readonly accountId: string;
  /** What the issuer is shown when the person signs out; undefined where that is nothing to it. */
  readonly idToken: string | undefined;
  /** What the issuer calls the person, and its own session (`sid`) where it says so. */
  readonly issuerSubject: string;
  readonly issuerSession: string | null;
}

/** How a person may be asked to sign in as somebody else (OpenID Connect Core 1.0, section 3.1.2.1). */
export const PROMPTS = ['login', 'select_account'] as const;
type Prompt = (typeof PROMPTS)[number];

/** The gateway as an OpenID Connect client: authorization code with PKCE. */
@Injectable()
export class SignInService {
  constructor(
    private readonly issuer: IssuerClient,
    private readonly people: People,
    private readonly tokens: TokenVerifier,
    @Inject(CONFIG) private readonly config: GatewayConfig,
  ) {}

  /** Where to send the browser, and what to expect back. With a prompt, the issuer asks who signs in. */
  async begin(prompt?: Prompt): Promise<{ url: URL; pending: PendingSignIn }> {
    const client = await this.issuer.discovered();
    const pending = {
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      codeVerifier: oidc.randomPKCECodeVerifier(),
    };
    const url = oidc.buildAuthorizationUrl(client, {
      redirect_uri: this.callbackUrl,
      scope: 'openid profile',
      state: pending.state,
      nonce: pending.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(pending.codeVerifier),
      code_challenge_method: 'S256',
      ...(prompt && { prompt: knownPrompt(client, prompt) }),
    });
    return { url, pending };
  }

  /**
   * Exchanges the code that came back; gives who signed in. Throws `UNAUTHENTICATED`, `ACCOUNT_MISSING` where the
   * issuer names no account, and `USER_UNKNOWN` for nobody that is known and active.
   */
  async finish(query: string, pending: PendingSignIn): Promise<SignedIn> {
    const client = await this.issuer.discovered();
    const { claims, idToken } = await this.exchange(client, new URL(`${this.callbackUrl}${query}`), pending);
    const names = tokenIssuer(this.config).claims;
    if (isEmpty(claims[names.account])) {
      throw new AppError('ACCOUNT_MISSING', `the issuer names no account: expected one in the claim ${names.account}`);
    }
    const named = personOf(claims, names);
    const user = await this.people.findUser(named);
    if (!user?.active) {
      const message = 'no active user of the account is the one who signed in';
      throw new AppError('USER_UNKNOWN', message, { details: { ...named } });
    }
    const { sub, sid } = claims;
    const issuerSession = typeof sid === 'string' && sid !== '' ? sid : null;
    return { userId: user.userId, accountId: named.accountId, idToken, issuerSubject: String(sub), issuerSession };
  }

  private get callbackUrl(): string {
    return `${this.config.PUBLIC_URL}/auth/callback`;
  }

  private async exchange(client: oidc.Configuration, url: URL, pending: PendingSignIn) {
    try {
      const tokens = await oidc.authorizationCodeGrant(client, url, {
        pkceCodeVerifier: pending.codeVerifier,
        expectedState: pending.state,
        expectedNonce: pending.nonce,
        idTokenExpected: true,
      });
      await this.tokens.readSigned(tokens.id_token ?? '', {});
      const isShown = client.serverMetadata().end_session_endpoint !== undefined;
      return { claims: await this.allClaims(client, tokens), idToken: isShown ? tokens.id_token : undefined };
    } catch (cause) {
      if (AppError.is(cause, 'UNAVAILABLE')) throw cause;
      throw new AppError('UNAUTHENTICATED', 'signing in did not succeed; start again', { cause });
    }
  }

  /** Some issuers tell more at their userinfo endpoint than in the ID token. */
  private async allClaims(client: oidc.Configuration, tokens: Tokens): Promise<Readonly<Record<string, unknown>>> {
    const claims = tokens.claims();
    if (!claims) throw new TypeError('expected an ID token');
    const { user, account } = tokenIssuer(this.config).claims;
    const isWhole = ![claims[user], claims[account]].some(isEmpty);
    if (isWhole || client.serverMetadata().userinfo_endpoint === undefined) return claims;
    return { ...(await oidc.fetchUserInfo(client, tokens.access_token, claims.sub)), ...claims };
  }
}

type Tokens = Awaited<ReturnType<typeof oidc.authorizationCodeGrant>>;

function isEmpty(claim: unknown): boolean {
  return claim === undefined || claim === null || claim === '';
}

// Each issuer knows `login`; some refuse what they do not know.
function knownPrompt(client: oidc.Configuration, prompt: Prompt): string {
  const listed = client.serverMetadata()['prompt_values_supported'];
  return Array.isArray(listed) && listed.includes(prompt) ? prompt : 'login';
}
