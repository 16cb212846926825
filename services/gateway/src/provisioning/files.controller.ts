import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { hostId } from '@account-backups/contracts';
import { Checked } from '@account-backups/service-kit';
import { Body, Controller, Get, Headers, Param, Put } from '@nestjs/common';
import type { StoredFile } from '../api/replies.js';
import { ForProvisioning } from '../identity/caller.guard.js';
import { FilesIntake } from './files-intake.service.js';

@Controller('api/v1/provisioning/accounts/:accountId/files/:fileId')
@ForProvisioning()
export class FilesController {
  constructor(private readonly intake: FilesIntake) {}

  @Get()
  get(
    @Param('accountId', new Checked(hostId)) accountId: string,
    @Param('fileId', new Checked(hostId)) fileId: string,
  ): Promise<StoredFile> {
    return this.intake.known(accountId, fileId);
  }

  @Put()
  put(
    @Param('accountId', new Checked(hostId)) accountId: string,
    @Param('fileId', new Checked(hostId)) fileId: string,
    @Body() body: Readable | undefined,
    @Headers() headers: IncomingHttpHeaders,
  ): Promise<StoredFile> {
    return this.intake.take({ accountId, fileId, sizeBytes: statedSize(headers), body });
  }
}

function statedSize(headers: IncomingHttpHeaders): number | undefined {
  const isPacked = headers['content-encoding'] !== undefined;
  const stated = headers['content-length'];
  return isPacked || stated === undefined ? undefined : Number(stated);
}
