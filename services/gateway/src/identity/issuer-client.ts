// The issuer as the gateway signs people in with it; it fetches what the issuer says of itself.
import { AppError } from '@account-backups/contracts';
import { Inject, Injectable } from '@nestjs/common';
import * as oidc from 'openid-client';
import { CONFIG, type GatewayConfig } from '../config.js';
import { clientAuthentication } from './client-authentication.js';

const TIMEOUT_SECONDS = 5;

type ClientConfig = Pick<
  GatewayConfig,
  'OIDC_ISSUER' | 'OIDC_CLIENT_ID' | 'OIDC_CLIENT_AUTH' | 'OIDC_CLIENT_SECRET' | 'OIDC_CLIENT_KEY'
>;

@Injectable()
export class IssuerClient {
  private client: Promise<oidc.Configuration> | undefined;

  constructor(@Inject(CONFIG) private readonly config: ClientConfig) {}

  /** Throws `UNAVAILABLE` while nothing is known of the issuer and it is away. */
  async discovered(): Promise<oidc.Configuration> {
    this.client ??= this.discover();
    try {
      return await this.client;
    } catch (cause) {
      this.client = undefined;
      throw new AppError('UNAVAILABLE', 'the sign-in service cannot be reached', { cause });
    }
  }

  private async discover(): Promise<oidc.Configuration> {
    const { OIDC_ISSUER, OIDC_CLIENT_ID } = this.config;
    // Plain http is for an issuer on the same machine; in production the issuer is https.
    const execute = OIDC_ISSUER.startsWith('http:') ? [oidc.allowInsecureRequests] : [];
    const options = { timeout: TIMEOUT_SECONDS, execute };
    const found = await oidc.discovery(new URL(OIDC_ISSUER), OIDC_CLIENT_ID, undefined, oidc.None(), options);
    // Only now is it known how to authenticate.
    const metadata = { ...found.serverMetadata() };
    const authentication = await clientAuthentication(metadata, this.config);
    const client = new oidc.Configuration(metadata, OIDC_CLIENT_ID, undefined, authentication);
    client.timeout = TIMEOUT_SECONDS;
    for (const extend of execute) extend(client);
    return client;
  }
}
