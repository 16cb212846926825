import { AppError, hostId, SYSTEM_CHAIN } from '@account-backups/contracts';
import { originOf, Refusals, type Refusal } from '@account-backups/service-kit';
import { Controller, Get, Inject, Logger, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONFIG, type GatewayConfig } from '../config.js';
import { publicPath } from '../settings/public-path.js';
import { ForAnyone } from './caller.guard.js';
import { refuseForeignOrigin } from './origin.js';
import { localPath } from './local-path.js';
import { Sessions } from './sessions.js';
import { PROMPTS, SignInService, type PendingSignIn } from './sign-in.service.js';
import { SignOutService } from './sign-out.service.js';

const SIGN_IN = 'account_backups_sign_in';
const SIGN_IN_SECONDS = 600;

@Controller()
@ForAnyone()
export class SignInController {
  private readonly logger = new Logger(SignInController.name);
  private readonly home: string;

  constructor(
    private readonly signIn: SignInService,
    private readonly signOut: SignOutService,
    private readonly sessions: Sessions,
    private readonly refusals: Refusals,
    @Inject(CONFIG) private readonly config: Pick<GatewayConfig, 'PUBLIC_URL'>,
  ) {
    this.home = publicPath(config);
  }

  @Get('sign-in')
  async begin(@Query() query: Readonly<Record<string, unknown>>, @Res() reply: FastifyReply): Promise<void> {
    const { url, pending } = await this.signIn.begin(PROMPTS.find((prompt) => prompt === query['prompt']));
    const returnTo = localPath(query['returnTo'], this.home);
    await this.sessions.seal(reply, SIGN_IN, { ...pending, returnTo }, SIGN_IN_SECONDS);
    void reply.redirect(url.href, 302);
  }

  @Get('auth/callback')
  async finish(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const claims = await this.sessions.open(request, SIGN_IN);
    const returnTo = localPath(claims?.['returnTo'], this.home);
    try {
      await this.takeBack(request, reply, claims);
      void reply.redirect(returnTo, 303);
    } catch (error) {
      const refusal = AppError.is(error) && error.status === 401 ? refusalOf(request, error) : null;
      if (refusal) await this.refusals.note(refusal);
      if (!AppError.is(error) || !accepts(request, 'text/html')) throw error;
      // A browser goes to the page instead: another tab may have signed in already, else the page offers it again.
      this.logger.warn({ event: 'sign-in.failed', code: error.code, error });
      void reply.redirect(`${this.home}/${whyNot(error, returnTo)}`, 303);
    }
  }

  @Post('sign-out')
  async end(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    refuseForeignOrigin(request, this.config.PUBLIC_URL);
    await this.sessions.end(request, reply);
    const atIssuer = await this.signOut.addressAtIssuer(await this.sessions.idToken(request));
    const location = atIssuer ?? `${this.home}/`;
    // Our page goes there itself: its policy lets no form lead to another site, redirects included.
    if (accepts(request, 'application/json')) void reply.send({ location });
    else void reply.redirect(location, 303);
  }

  private async takeBack(
    request: FastifyRequest,
    reply: FastifyReply,
    claims: Readonly<Record<string, unknown>> | undefined,
  ): Promise<void> {
    if (!claims) throw new AppError('UNAUTHENTICATED', 'this sign-in was not begun here or took too long; start again');
    const pending: PendingSignIn = {
      state: String(claims['state']),
      nonce: String(claims['nonce']),
      codeVerifier: String(claims['codeVerifier']),
    };
    const query = request.url.slice(request.url.indexOf('?'));
    const who = await this.signIn.finish(query, pending);
    this.sessions.clear(reply, SIGN_IN);
    await this.sessions.begin(request, reply, who);
  }
}

/** Whom the issuer named, whom nobody knows here, is told to their account; what named nobody, to the system. */
function refusalOf(request: FastifyRequest, { code, details }: AppError): Refusal {
  const account = hostId.safeParse(details?.['accountId']);
  const id = typeof details?.['subject'] === 'string' ? details['subject'] : null;
  return {
    chainId: account.success ? account.data : SYSTEM_CHAIN,
    action: 'session.refused',
    by: { actor: { kind: 'nobody', id, name: null }, ...originOf(request) },
    subject: null,
    details: { code },
  };
}

function accepts(request: FastifyRequest, mediaType: string): boolean {
  return request.headers.accept?.includes(mediaType) ?? false;
}

/** For the page's address: why nobody is signed in, where there is more to say than that it did not succeed. */
function whyNot(error: AppError, returnTo: string): string {
  if (error.code === 'UNAUTHENTICATED') return '';
  const signIn = error.status === 503 ? 'UNAVAILABLE' : error.code;
  return `?${new URLSearchParams({ signIn, returnTo }).toString()}`;
}
