import type { Payload, Reply } from '@account-backups/contracts';
import { OnRequest } from '@account-backups/messaging';
import { Controller } from '@nestjs/common';
import { AccessService } from './access.service.js';

@Controller()
export class AccessController {
  constructor(private readonly access: AccessService) {}

  @OnRequest('permissions.get-access')
  getAccess(payload: Payload<'permissions.get-access'>): Promise<Reply<'permissions.get-access'>> {
    return this.access.getAccess(payload);
  }

  @OnRequest('permissions.find-user')
  findUser(payload: Payload<'permissions.find-user'>): Promise<Reply<'permissions.find-user'>> {
    return this.access.findUser(payload);
  }

  @OnRequest('permissions.list-permitted-org-units')
  listPermittedOrgUnits(
    payload: Payload<'permissions.list-permitted-org-units'>,
  ): Promise<Reply<'permissions.list-permitted-org-units'>> {
    return this.access.listPermittedOrgUnits(payload);
  }
}
