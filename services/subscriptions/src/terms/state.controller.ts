import type { Payload, Reply } from '@account-backups/contracts';
import { OnFact, OnRequest } from '@account-backups/messaging';
import { Trail } from '@account-backups/service-kit';
import { Controller } from '@nestjs/common';
import { SubscriptionService } from './subscription.service.js';

@Controller()
export class StateController {
  constructor(
    private readonly subscriptions: SubscriptionService,
    private readonly trail: Trail,
  ) {}

  // Safe to repeat: it looks at what waits.
  @OnFact('schedule.ticked')
  tick(): Promise<void> {
    return this.trail.send();
  }

  @OnRequest('subscriptions.get-state')
  getState(payload: Payload<'subscriptions.get-state'>): Promise<Reply<'subscriptions.get-state'>> {
    return this.subscriptions.getState(payload);
  }
}
