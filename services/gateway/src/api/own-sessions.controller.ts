import { AppError, ownId, type CalledBy } from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { Checked } from '@account-backups/service-kit';
import { Controller, Delete, Get, HttpCode, Param, Query } from '@nestjs/common';
import type { z } from 'zod';
import { Calling } from '../identity/called-by.js';
import type { Person } from '../identity/caller.js';
import { CurrentPerson, ForPersons } from '../identity/caller.guard.js';
import { pageQuery } from './backup-schemas.js';
import type { OwnSessions } from './replies.js';

/** Where a person is signed in, for that person alone. */
@Controller('api/v1/sessions')
@ForPersons()
export class OwnSessionsController {
  constructor(private readonly bus: Bus) {}

  @Get()
  async list(
    @CurrentPerson() { accountId, userId, by }: Person,
    @Query(new Checked(pageQuery)) { limit, cursor }: z.output<typeof pageQuery>,
  ): Promise<OwnSessions> {
    const page = await this.bus.request('sessions.list', { accountId, userId, limit, cursor: cursor ?? null });
    const current = by.kind === 'session' ? by.sessionId : null;
    return { ...page, items: page.items.map((item) => ({ ...item, current: item.sessionId === current })) };
  }

  @Delete(':sessionId')
  @HttpCode(204)
  async end(
    @CurrentPerson() { accountId, userId }: Person,
    @Calling() by: CalledBy,
    @Param('sessionId') sessionId: string,
  ): Promise<void> {
    if (!ownId.safeParse(sessionId).success) throw new AppError('NOT_FOUND', 'there is no such session');
    await this.bus.request('sessions.end', { accountId, userId, sessionId, calledBy: by });
  }

  /** All but the one that the call is made with. */
  @Delete()
  @HttpCode(204)
  async endOthers(@CurrentPerson() { accountId, userId, by }: Person, @Calling() calledBy: CalledBy): Promise<void> {
    const keptSessionId = by.kind === 'session' ? by.sessionId : null;
    await this.bus.request('sessions.end-others', { accountId, userId, keptSessionId, calledBy });
  }
}
