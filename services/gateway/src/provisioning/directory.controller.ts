import { directory, hostId, type CalledBy, type Directory, type Reply } from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { Checked } from '@account-backups/service-kit';
import { Body, Controller, Param, Put } from '@nestjs/common';
import { Calling } from '../identity/called-by.js';
import { ForProvisioning } from '../identity/caller.guard.js';

@Controller('api/v1/provisioning/accounts/:accountId/directory')
@ForProvisioning()
export class DirectoryController {
  constructor(private readonly bus: Bus) {}

  @Put()
  async sync(
    @Param('accountId', new Checked(hostId)) accountId: string,
    @Calling() calledBy: CalledBy,
    @Body(new Checked(directory, 'directory')) desired: Directory,
  ): Promise<Reply<'permissions.sync-directory'>> {
    const { turn } = await this.bus.request('permissions.begin-change', {});
    return this.bus.request('permissions.sync-directory', { accountId, turn, directory: desired, calledBy });
  }
}
