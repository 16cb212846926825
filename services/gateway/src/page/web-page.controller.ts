import { randomBytes } from 'node:crypto';
import { AppError } from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { Controller, Get, Inject, Logger, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MeService } from '../api/me.service.js';
import { CONFIG, type GatewayConfig } from '../config.js';
import { ForAnyone } from '../identity/caller.guard.js';
import type { Person } from '../identity/caller.js';
import { Sessions } from '../identity/sessions.js';
import { codingFor, PageFiles } from './page-files.js';
import { publicPath } from '../settings/public-path.js';
import { pageHtml, pagePolicy, unbuilt } from './page-html.js';

const FIRST_ROWS = 25;
const A_YEAR = 'public, max-age=31536000, immutable';
const AN_HOUR = 'public, max-age=3600';

/** Every deep link gets the same page; the browser does the rest. */
const ADDRESSES = ['/', 'backups/:backupId', 'backups/:backupId/history', 'request', 'help', 'signed-in'];

interface Sending {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly cacheControl: string;
}

@Controller()
@ForAnyone()
export class WebPageController {
  private readonly logger = new Logger(WebPageController.name);
  private readonly home: string;

  constructor(
    private readonly sessions: Sessions,
    private readonly mes: MeService,
    private readonly bus: Bus,
    private readonly files: PageFiles,
    @Inject(CONFIG) private readonly config: Pick<GatewayConfig, 'FRAME_ANCESTORS' | 'PUBLIC_URL'>,
  ) {
    this.home = publicPath(config);
  }

  @Get(ADDRESSES)
  async page(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const nonce = randomBytes(16).toString('base64');
    const boot = await this.bootOf(request, reply);
    void reply.header('content-type', 'text/html; charset=utf-8');
    void reply.header('content-security-policy', pagePolicy(nonce, this.config.FRAME_ANCESTORS));
    const { index } = this.files;
    void reply.send(index ? pageHtml(index, { nonce, boot, home: this.home }) : unbuilt(this.home));
  }

  /** For host systems, whose pages name this file and cannot know its version. */
  @Get('embed.js')
  embed(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    void reply.header('cross-origin-resource-policy', 'cross-origin');
    void reply.header('access-control-allow-origin', '*');
    this.send('embed.js', { request, reply, cacheControl: AN_HOUR });
  }

  @Get('assets/:name')
  asset(@Param('name') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.send(`assets/${name}`, { request, reply, cacheControl: A_YEAR });
  }

  private send(name: string, { request, reply, cacheControl }: Sending): void {
    const asset = this.files.asset(name);
    if (!asset)
      throw new AppError('NOT_FOUND', 'there is no such file; the page may have been replaced: load it again');
    const coding = codingFor(request.headers['accept-encoding']);
    void reply.header('content-type', asset.mediaType);
    void reply.header('cache-control', cacheControl);
    void reply.header('vary', 'accept-encoding');
    if (coding !== 'identity') void reply.header('content-encoding', coding);
    void reply.send(asset.bodies[coding]);
  }

  private async bootOf(request: FastifyRequest, reply: FastifyReply): Promise<object> {
    try {
      const person = await this.sessions.read(request, reply);
      return person ? await this.dataOf(person) : { signedIn: false };
    } catch (error) {
      // The person behind the session is not active any more.
      if (AppError.is(error, 'UNAUTHENTICATED')) return { signedIn: false };
      // The page says what is missing and asks again by itself.
      this.logger.warn({ event: 'page.without-data', error });
      return { signedIn: true };
    }
  }

  private async dataOf({ accountId, userId }: Person): Promise<object> {
    const query = { accountId, userId, limit: FIRST_ROWS, cursor: null, status: null };
    const [me, backups] = await Promise.all([this.mes.me(accountId, userId), this.bus.request('backups.list', query)]);
    return { signedIn: true, me, backups };
  }
}
