import { AppError, hostId } from '@account-backups/contracts';
import { Inject, Injectable } from '@nestjs/common';
import * as oidc from 'openid-client';
import { CONFIG, type GatewayConfig } from '../config.js';

/** What must come back with the code; kept in a short-lived cookie until then. */
export interface PendingSignIn {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

type SignInConfig = Pick<GatewayConfig, 'OIDC_ISSUER' | 'OIDC_CLIENT_ID' | 'OIDC_CLIENT_SECRET' | 'PUBLIC_URL'>;

/** The gateway as an OpenID Connect client: authorization code with PKCE. */
@Injectable()
export class SignInService {
  private client: Promise<oidc.Configuration> | undefined;

  constructor(@Inject(CONFIG) private readonly config: SignInConfig) {}

  /** Where to send the browser, and what to expect back. */
  async begin(): Promise<{ url: URL; pending: PendingSignIn }> {
    const client = await this.discovered();
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
    });
    return { url, pending };
  }

  /** Exchanges the code that came back; gives who signed in, or throws `UNAUTHENTICATED`. */
  async finish(query: string, pending: PendingSignIn): Promise<{ userId: string; accountId: string }> {
    const client = await this.discovered();
    const claims = await this.exchange(client, new URL(`${this.callbackUrl}${query}`), pending);
    const userId = hostId.safeParse(claims?.sub);
    const accountId = hostId.safeParse(claims?.['account_id']);
    if (!userId.success || !accountId.success) {
      throw new AppError('UNAUTHENTICATED', 'the issuer did not name a user and an account');
    }
    return { userId: userId.data, accountId: accountId.data };
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
      return tokens.claims();
    } catch (cause) {
      throw new AppError('UNAUTHENTICATED', 'signing in did not succeed; start again', { cause });
    }
  }

  private async discovered(): Promise<oidc.Configuration> {
    const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = this.config;
    // Plain http is for an issuer on the same machine; in production the issuer is https.
    const insecure = OIDC_ISSUER.startsWith('http:') ? { execute: [oidc.allowInsecureRequests] } : undefined;
    this.client ??= oidc.discovery(new URL(OIDC_ISSUER), OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, undefined, insecure);
    try {
      return await this.client;
    } catch (cause) {
      this.client = undefined;
      throw new AppError('UNAVAILABLE', 'the sign-in service cannot be reached', { cause });
    }
  }
}
