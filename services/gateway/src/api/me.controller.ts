import type { Reply } from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { Controller, Get } from '@nestjs/common';
import type { Person } from '../identity/caller.js';
import { CurrentPerson, ForPersons } from '../identity/caller.guard.js';
import { MeService } from './me.service.js';
import type { Me } from './replies.js';

@Controller('api/v1')
@ForPersons()
export class MeController {
  constructor(
    private readonly mes: MeService,
    private readonly bus: Bus,
  ) {}

  @Get('me')
  me(@CurrentPerson() { accountId, userId }: Person): Promise<Me> {
    return this.mes.me(accountId, userId);
  }

  @Get('org-units')
  orgUnits(@CurrentPerson() { accountId, userId }: Person): Promise<Reply<'permissions.list-permitted-org-units'>> {
    return this.bus.request('permissions.list-permitted-org-units', { accountId, userId });
  }
}
