import type { Readable } from 'node:stream';
import { AppError, hostId, type CalledBy, type RegisteredDocument, type Reply } from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { Checked } from '@account-backups/service-kit';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { pageQuery } from '../api/backup-schemas.js';
import type { Intake } from '../api/replies.js';
import { Calling } from '../identity/called-by.js';
import { ForProvisioning } from '../identity/caller.guard.js';
import { DocumentsIntake } from './documents-intake.service.js';

const deletion = z.strictObject({ documentIds: z.array(hostId).min(1).max(10_000) });

@Controller('api/v1/provisioning/accounts/:accountId/documents')
@ForProvisioning()
export class DocumentsController {
  constructor(
    private readonly intake: DocumentsIntake,
    private readonly bus: Bus,
  ) {}

  @Post()
  @HttpCode(200)
  upsert(
    @Param('accountId', new Checked(hostId)) accountId: string,
    @Calling() calledBy: CalledBy,
    @Body() body: Readable | undefined,
  ): Promise<Intake> {
    return this.intake.take({ accountId, calledBy }, body);
  }

  @Get('unfiled')
  async listUnfiled(
    @Param('accountId', new Checked(hostId)) accountId: string,
    @Query(new Checked(pageQuery)) { limit, cursor }: z.output<typeof pageQuery>,
  ): Promise<Reply<'documents.list-unfiled'>> {
    const { orgUnitIds } = await this.bus.request('permissions.list-org-unit-ids', { accountId });
    const all = { includeActive: true, includeInactive: true, excludeSuperseded: false };
    const selection = { knownOrgUnitIds: orgUnitIds, ...all };
    return this.bus.request('documents.list-unfiled', { accountId, selection, limit, cursor: cursor ?? null });
  }

  @Get(':documentId')
  async get(
    @Param('accountId', new Checked(hostId)) accountId: string,
    @Param('documentId', new Checked(hostId)) documentId: string,
  ): Promise<RegisteredDocument> {
    await this.bus.request('permissions.get-account', { accountId });
    const known = await this.bus.request('documents.get-document', { accountId, documentId });
    if (known) return known;
    throw new AppError('NOT_FOUND', `account ${accountId} has no document ${documentId}`);
  }

  @Post('delete')
  @HttpCode(200)
  async delete(
    @Param('accountId', new Checked(hostId)) accountId: string,
    @Calling() calledBy: CalledBy,
    @Body(new Checked(deletion)) { documentIds }: z.output<typeof deletion>,
  ): Promise<Reply<'documents.delete'>> {
    const turn = await this.intake.begin(accountId);
    return this.bus.request('documents.delete', { accountId, turn, documentIds, calledBy });
  }
}
