import { AppError } from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { Controller, Get, Header, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { MeService } from '../api/me.service.js';
import { ForAnyone } from '../identity/caller.guard.js';
import type { Person } from '../identity/caller.js';
import { Sessions } from '../identity/sessions.js';
import { signedInPage, signedOutPage, START_POLICY } from './start-page.js';

const SHOWN = 50;

@Controller()
@ForAnyone()
export class PageController {
  constructor(
    private readonly sessions: Sessions,
    private readonly mes: MeService,
    private readonly bus: Bus,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', START_POLICY)
  async start(@Req() request: FastifyRequest): Promise<string> {
    const person = await this.sessions.read(request);
    if (!person) return signedOutPage();
    try {
      return await this.show(person);
    } catch (error) {
      // Somebody who was signed in and is nobody any more.
      if (AppError.is(error, 'UNAUTHENTICATED')) return signedOutPage();
      throw error;
    }
  }

  private async show({ accountId, userId }: Person): Promise<string> {
    const me = await this.mes.me(accountId, userId);
    const page = { limit: SHOWN, cursor: null, status: null };
    const { items } = await this.bus.request('backups.list', { accountId, userId, ...page });
    return signedInPage(me, items);
  }
}
