import type { Payload, Reply } from '@account-backups/contracts';
import { OnRequest } from '@account-backups/messaging';
import { Controller } from '@nestjs/common';
import { RequestRulesService } from './request-rules.service.js';
import { RequestService } from './request.service.js';

@Controller()
export class RequestController {
  constructor(
    private readonly requests: RequestService,
    private readonly rules: RequestRulesService,
  ) {}

  @OnRequest('backups.create')
  create(payload: Payload<'backups.create'>): Promise<Reply<'backups.create'>> {
    return this.requests.create(payload);
  }

  @OnRequest('backups.estimate')
  estimate(payload: Payload<'backups.estimate'>): Promise<Reply<'backups.estimate'>> {
    return this.requests.estimate(payload);
  }

  @OnRequest('backups.get-request-state')
  getRequestState({
    accountId,
    userId,
  }: Payload<'backups.get-request-state'>): Promise<Reply<'backups.get-request-state'>> {
    return this.rules.requestState(accountId, userId);
  }
}
