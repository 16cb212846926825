import type { Payload, Reply } from '@account-backups/contracts';
import { OnRequest } from '@account-backups/messaging';
import { Controller } from '@nestjs/common';
import { BackupService } from './backup.service.js';

@Controller()
export class BackupController {
  constructor(private readonly backups: BackupService) {}

  @OnRequest('backups.list')
  list(payload: Payload<'backups.list'>): Promise<Reply<'backups.list'>> {
    return this.backups.list(payload);
  }

  @OnRequest('backups.get')
  get(payload: Payload<'backups.get'>): Promise<Reply<'backups.get'>> {
    return this.backups.get(payload);
  }

  @OnRequest('backups.list-org-units')
  listOrgUnits(payload: Payload<'backups.list-org-units'>): Promise<Reply<'backups.list-org-units'>> {
    return this.backups.listOrgUnits(payload);
  }

  @OnRequest('backups.cancel')
  cancel(payload: Payload<'backups.cancel'>): Promise<Reply<'backups.cancel'>> {
    return this.backups.cancel(payload);
  }

  @OnRequest('backups.get-archive')
  getArchive(payload: Payload<'backups.get-archive'>): Promise<Reply<'backups.get-archive'>> {
    return this.backups.getArchive(payload);
  }

  @OnRequest('backups.check-visible')
  checkVisible(payload: Payload<'backups.check-visible'>): Promise<Reply<'backups.check-visible'>> {
    return this.backups.checkVisible(payload);
  }

  @OnRequest('backups.get-record')
  getRecord(payload: Payload<'backups.get-record'>): Promise<Reply<'backups.get-record'>> {
    return this.backups.getRecord(payload);
  }
}
