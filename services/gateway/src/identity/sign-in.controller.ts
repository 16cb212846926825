import { AppError } from '@account-backups/contracts';
import { Controller, Get, Inject, Logger, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONFIG, type GatewayConfig } from '../config.js';
import { publicPath } from '../settings/public-path.js';
import { ForAnyone } from './caller.guard.js';
import { refuseForeignOrigin } from './origin.js';
import { localPath } from './local-path.js';
import { Sessions } from './sessions.js';
import { SignInService, type PendingSignIn } from './sign-in.service.js';

const SIGN_IN = 'account_backups_sign_in';
const SIGN_IN_SECONDS = 600;

@Controller()
@ForAnyone()
export class SignInController {
  private readonly logger = new Logger(SignInController.name);
  private readonly home: string;

  constructor(
    private readonly signIn: SignInService,
    private readonly sessions: Sessions,
    @Inject(CONFIG) private readonly config: Pick<GatewayConfig, 'PUBLIC_URL'>,
  ) {
    this.home = publicPath(config);
  }

  @Get('sign-in')
  async begin(@Query('returnTo') returnTo: unknown, @Res() reply: FastifyReply): Promise<void> {
    const { url, pending } = await this.signIn.begin();
    await this.sessions.seal(reply, SIGN_IN, { ...pending, returnTo: localPath(returnTo, this.home) }, SIGN_IN_SECONDS);
    void reply.redirect(url.href, 302);
  }

  @Get('auth/callback')
  async finish(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    try {
      await this.takeBack(request, reply);
    } catch (error) {
      if (!AppError.is(error, 'UNAUTHENTICATED') || !isOfBrowser(request)) throw error;
      // A browser goes to the page instead: another tab may have signed in already, else the page offers it again.
      this.logger.warn({ event: 'sign-in.failed', error });
      void reply.redirect(`${this.home}/`, 303);
    }
  }

  @Post('sign-out')
  end(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    refuseForeignOrigin(request, this.config.PUBLIC_URL);
    this.sessions.end(reply);
    void reply.redirect(`${this.home}/`, 303);
  }

  private async takeBack(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const claims = await this.sessions.open(request, SIGN_IN);
    if (!claims) throw new AppError('UNAUTHENTICATED', 'this sign-in was not begun here or took too long; start again');
    const pending: PendingSignIn = {
      state: String(claims['state']),
      nonce: String(claims['nonce']),
      codeVerifier: String(claims['codeVerifier']),
    };
    const query = request.url.slice(request.url.indexOf('?'));
    const who = await this.signIn.finish(query, pending);
    this.sessions.clear(reply, SIGN_IN);
    await this.sessions.begin(reply, who);
    void reply.redirect(localPath(claims['returnTo'], this.home), 303);
  }
}

function isOfBrowser(request: FastifyRequest): boolean {
  return request.headers.accept?.includes('text/html') ?? false;
}
