import { randomUUID } from 'node:crypto';
import { parse, type BackupView, type CalledBy, type Reply } from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { Checked } from '@account-backups/service-kit';
import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { CONFIG, type GatewayConfig } from '../config.js';
import { Calling } from '../identity/called-by.js';
import type { Person } from '../identity/caller.js';
import { CurrentPerson, ForPersons } from '../identity/caller.guard.js';
import { publicPath } from '../settings/public-path.js';
import { backupsQuery, idempotencyKey, idOf, pageQuery, requestBody, type RequestBody } from './backup-schemas.js';
import { refuseIfGuessed } from './password-strength.js';
import { RequestSealer } from './request-sealer.js';

@Controller('api/v1/backups')
@ForPersons()
export class BackupsController {
  constructor(
    private readonly bus: Bus,
    private readonly sealer: RequestSealer,
    @Inject(CONFIG) private readonly config: Pick<GatewayConfig, 'PUBLIC_URL'>,
  ) {}

  @Post()
  async create(
    @CurrentPerson() person: Person,
    @Calling() calledBy: CalledBy,
    @Headers('idempotency-key') key: string | undefined,
    @Body(new Checked(requestBody)) body: RequestBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BackupView> {
    const { password, ...request } = body;
    const { accountId, userId } = person;
    if (password) refuseIfGuessed(password, await this.namesOf(person));
    // Chosen here, so that the password is sealed for this backup alone.
    const backupId = randomUUID();
    const { backup } = await this.bus.request('backups.create', {
      accountId,
      userId,
      backupId,
      request,
      sealedPassword: password ? await this.sealer.seal(password, { accountId, backupId }) : null,
      // The message may be delivered twice: without a key of the caller's, it carries one of its own.
      idempotencyKey: parse(idempotencyKey, key, 'Idempotency-Key') ?? randomUUID(),
      requestFingerprint: this.sealer.fingerprint(body, accountId),
      calledBy,
    });
    void reply.header('location', `${publicPath(this.config)}/api/v1/backups/${backup.backupId}`);
    return backup;
  }

  private async namesOf({ accountId, userId }: Person): Promise<readonly string[]> {
    const { account, user } = await this.bus.request('permissions.get-access', { accountId, userId });
    return [accountId, account.name, userId, user.name];
  }

  @Post('estimate')
  @HttpCode(200)
  estimate(
    @CurrentPerson() { accountId, userId }: Person,
    @Body(new Checked(requestBody)) { password: _unused, ...request }: RequestBody,
  ): Promise<Reply<'backups.estimate'>> {
    return this.bus.request('backups.estimate', { accountId, userId, request });
  }

  @Get()
  async list(
    @CurrentPerson() { accountId, userId }: Person,
    @Query(new Checked(backupsQuery)) query: z.output<typeof backupsQuery>,
  ): Promise<Reply<'backups.list'>> {
    const { limit, cursor = null, status = null } = query;
    return this.bus.request('backups.list', { accountId, userId, limit, cursor, status });
  }

  @Get(':backupId')
  get(@CurrentPerson() { accountId, userId }: Person, @Param() params: unknown): Promise<BackupView> {
    return this.bus.request('backups.get', { accountId, userId, ...idOf(params) });
  }

  @Get(':backupId/org-units')
  listOrgUnits(
    @CurrentPerson() { accountId, userId }: Person,
    @Param() params: unknown,
    @Query(new Checked(pageQuery)) { limit, cursor }: z.output<typeof pageQuery>,
  ): Promise<Reply<'backups.list-org-units'>> {
    return this.bus.request('backups.list-org-units', {
      accountId,
      userId,
      ...idOf(params),
      limit,
      cursor: cursor ?? null,
    });
  }

  @Post(':backupId/cancel')
  @HttpCode(200)
  cancel(
    @CurrentPerson() { accountId, userId }: Person,
    @Calling() calledBy: CalledBy,
    @Param() params: unknown,
  ): Promise<BackupView> {
    return this.bus.request('backups.cancel', { accountId, userId, ...idOf(params), calledBy });
  }
}
