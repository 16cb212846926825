import type { Reply } from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { Checked } from '@account-backups/service-kit';
import { Controller, Get, Head, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { downloadOf, idOf, pageQuery } from '../api/backup-schemas.js';
import type { BegunDownload } from '../api/replies.js';
import { originOf } from '@account-backups/service-kit';
import type { Person } from '../identity/caller.js';
import { CurrentPerson, ForPersons } from '../identity/caller.guard.js';
import { DownloadService } from './download.service.js';

@Controller('api/v1/backups/:backupId/downloads')
@ForPersons()
export class DownloadsController {
  constructor(
    private readonly downloads: DownloadService,
    private readonly bus: Bus,
  ) {}

  @Post()
  begin(
    @CurrentPerson() person: Person,
    @Param() params: unknown,
    @Req() request: FastifyRequest,
  ): Promise<BegunDownload> {
    return this.downloads.begin(person, idOf(params).backupId, originOf(request));
  }

  @Get()
  async list(
    @CurrentPerson() { accountId, userId }: Person,
    @Param() params: unknown,
    @Query(new Checked(pageQuery)) { limit, cursor }: z.output<typeof pageQuery>,
  ): Promise<Reply<'downloads.list'>> {
    const { backupId } = idOf(params);
    // Whoever may not see the backup may not see its history either.
    await this.bus.request('backups.get', { accountId, userId, backupId });
    return this.bus.request('downloads.list', { accountId, backupId, limit, cursor: cursor ?? null });
  }

  // Fastify would answer HEAD by running GET; this one records nothing.
  @Head(':downloadId/archive')
  async head(
    @CurrentPerson() person: Person,
    @Param() params: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const archive = await this.downloads.find(person, downloadOf(params));
    this.downloads.describe(archive, request, reply);
  }

  @Get(':downloadId/archive')
  async get(
    @CurrentPerson() person: Person,
    @Param() params: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const download = downloadOf(params);
    const archive = await this.downloads.find(person, download);
    await this.downloads.serve({ person, download, archive, origin: originOf(request), request, reply });
  }
}
