import type { Payload, Reply } from '@account-backups/contracts';
import { OnRequest } from '@account-backups/messaging';
import { Controller } from '@nestjs/common';
import { SubscriptionService } from './subscription.service.js';

@Controller()
export class StateController {
  constructor(private readonly subscriptions: SubscriptionService) {}

  @OnRequest('subscriptions.get-state')
  getState(payload: Payload<'subscriptions.get-state'>): Promise<Reply<'subscriptions.get-state'>> {
    return this.subscriptions.getState(payload);
  }
}
