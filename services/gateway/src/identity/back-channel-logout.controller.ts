import { randomUUID } from 'node:crypto';
import { AppError, SYSTEM_CHAIN } from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { Refusals, TokenVerifier } from '@account-backups/service-kit';
import { Body, Controller, HttpCode, Inject, Logger, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CONFIG, type GatewayConfig } from '../config.js';
import { calledBy } from './called-by.js';
import { ForAnyone } from './caller.guard.js';
import { logoutTokenOf } from './logout-token.js';

const TOKEN_MINUTES = 10;

/** Where the issuer says that somebody signed out there (OpenID Connect Back-Channel Logout 1.0). */
@Controller('auth/back-channel-logout')
@ForAnyone()
export class BackChannelLogoutController {
  private readonly logger = new Logger(BackChannelLogoutController.name);

  constructor(
    private readonly tokens: TokenVerifier,
    private readonly bus: Bus,
    private readonly refusals: Refusals,
    @Inject(CONFIG) private readonly config: Pick<GatewayConfig, 'OIDC_CLIENT_ID' | 'OIDC_ISSUER'>,
  ) {}

  /** Section 2.8 wants 400 whatever the reason is: an issuer then knows that nothing happened. */
  @Post()
  @HttpCode(200)
  async end(
    @Req() request: FastifyRequest,
    @Body() body: Readonly<Record<string, unknown>> | undefined,
  ): Promise<void> {
    try {
      await this.endSessions(String(body?.['logout_token']));
    } catch (cause) {
      this.logger.warn({ event: 'back-channel-logout.refused', error: cause });
      if (AppError.is(cause, 'VALIDATION_FAILED', 'UNAUTHENTICATED')) await this.tellRefused(request, cause);
      if (AppError.is(cause, 'VALIDATION_FAILED')) throw cause;
      throw new AppError('VALIDATION_FAILED', 'logout_token: it is not valid, or the sessions could not be ended', {
        cause,
      });
    }
  }

  /** Somebody else than the issuer may have made the token. */
  private tellRefused(request: FastifyRequest, { code }: AppError): Promise<void> {
    const details = { code, route: 'POST /auth/back-channel-logout' };
    const by = calledBy(request);
    return this.refusals.note({ chainId: SYSTEM_CHAIN, action: 'access.refused', by, subject: null, details });
  }

  private async endSessions(token: string): Promise<void> {
    const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: audience } = this.config;
    const expected = { audience, requiredClaims: ['iat', 'jti'], maxTokenAge: `${TOKEN_MINUTES} minutes` };
    const { protectedHeader, payload } = await this.tokens.readSigned(token, expected);
    const logout = logoutTokenOf(protectedHeader, payload);
    const requestId = randomUUID();
    const { isNew } = await this.bus.request('sessions.end-by-issuer', { ...logout, issuer, requestId });
    if (!isNew) throw new AppError('VALIDATION_FAILED', 'logout_token: it was taken before');
  }
}
