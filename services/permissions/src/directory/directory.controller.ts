import type { Payload, Reply } from '@account-backups/contracts';
import { OnRequest } from '@account-backups/messaging';
import { Controller } from '@nestjs/common';
import { DirectoryService } from './directory.service.js';

@Controller()
export class DirectoryController {
  constructor(private readonly directories: DirectoryService) {}

  @OnRequest('permissions.begin-change')
  beginChange(): Promise<Reply<'permissions.begin-change'>> {
    return this.directories.beginChange();
  }

  @OnRequest('permissions.sync-directory')
  sync(payload: Payload<'permissions.sync-directory'>): Promise<Reply<'permissions.sync-directory'>> {
    return this.directories.sync(payload);
  }

  @OnRequest('permissions.get-account')
  getAccount(payload: Payload<'permissions.get-account'>): Promise<Reply<'permissions.get-account'>> {
    return this.directories.getAccount(payload);
  }

  @OnRequest('permissions.find-accounts')
  findAccounts(payload: Payload<'permissions.find-accounts'>): Promise<Reply<'permissions.find-accounts'>> {
    return this.directories.findAccounts(payload);
  }

  @OnRequest('permissions.find-org-units')
  findOrgUnits(payload: Payload<'permissions.find-org-units'>): Promise<Reply<'permissions.find-org-units'>> {
    return this.directories.findOrgUnits(payload);
  }

  @OnRequest('permissions.list-org-unit-ids')
  listOrgUnitIds(payload: Payload<'permissions.list-org-unit-ids'>): Promise<Reply<'permissions.list-org-unit-ids'>> {
    return this.directories.listOrgUnitIds(payload);
  }

  @OnRequest('permissions.list-accounts')
  listAccounts(payload: Payload<'permissions.list-accounts'>): Promise<Reply<'permissions.list-accounts'>> {
    return this.directories.listAccounts(payload);
  }
}
