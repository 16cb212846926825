import { Inject, Injectable, Logger } from '@nestjs/common';
import * as oidc from 'openid-client';
import { CONFIG, type GatewayConfig } from '../config.js';
import { IssuerClient } from './issuer-client.js';

/** Signing out at the issuer (OpenID Connect RP-Initiated Logout 1.0). */
@Injectable()
export class SignOutService {
  private readonly logger = new Logger(SignOutService.name);

  constructor(
    private readonly issuer: IssuerClient,
    @Inject(CONFIG) private readonly config: Pick<GatewayConfig, 'PUBLIC_URL'>,
  ) {}

  /** Where to send the browser; undefined where the issuer offers nothing, or is away and nothing is known of it. */
  async addressAtIssuer(idToken: string | undefined): Promise<string | undefined> {
    const client = await this.discovered();
    if (client?.serverMetadata().end_session_endpoint === undefined) return undefined;
    return oidc.buildEndSessionUrl(client, {
      post_logout_redirect_uri: this.config.PUBLIC_URL,
      ...(idToken !== undefined && { id_token_hint: idToken }),
    }).href;
  }

  private async discovered(): Promise<oidc.Configuration | undefined> {
    try {
      return await this.issuer.discovered();
    } catch (error) {
      this.logger.warn({ event: 'sign-out.local-only', error });
      return undefined;
    }
  }
}
