import type { Payload, Reply } from '@account-backups/contracts';
import { OnFact, OnRequest } from '@account-backups/messaging';
import { Trail } from '@account-backups/service-kit';
import { Controller } from '@nestjs/common';
import { LifecycleService } from './lifecycle.service.js';
import { OrderService } from './order.service.js';
import { SealedService } from './sealed.service.js';

@Controller()
export class LifecycleController {
  constructor(
    private readonly lifecycle: LifecycleService,
    private readonly orders: OrderService,
    private readonly sealed: SealedService,
    private readonly trail: Trail,
  ) {}

  @OnRequest('backups.get-order')
  getOrder(payload: Payload<'backups.get-order'>): Promise<Reply<'backups.get-order'>> {
    return this.orders.getOrder(payload);
  }

  @OnRequest('backups.count-sealed')
  countSealed(payload: Payload<'backups.count-sealed'>): Promise<Reply<'backups.count-sealed'>> {
    return this.sealed.count(payload);
  }

  // Safe to repeat: each row is claimed by a conditional update; a second tick finds it moved already.
  @OnFact('schedule.ticked')
  async tick({ kind }: Payload<'schedule.ticked'>): Promise<void> {
    await Promise.all([this.lifecycle.tick(kind), this.trail.send()]);
  }

  // Safe to repeat: progress only grows, and only while the backup runs.
  @OnFact('archive.progressed')
  noteProgress(fact: Payload<'archive.progressed'>): Promise<void> {
    return this.lifecycle.noteProgress(fact);
  }

  // Safe to repeat: it only notes the same again.
  @OnFact('archive.waiting')
  noteWaiting(fact: Payload<'archive.waiting'>): Promise<void> {
    return this.lifecycle.noteWaiting(fact);
  }

  // Safe to repeat: a second archive.built finds the row completed and changes nothing.
  @OnFact('archive.built')
  complete(fact: Payload<'archive.built'>): Promise<void> {
    return this.lifecycle.complete(fact);
  }

  // Safe to repeat: a second archive.failed finds the row failed and changes nothing.
  @OnFact('archive.failed')
  fail(fact: Payload<'archive.failed'>): Promise<void> {
    return this.lifecycle.fail(fact);
  }

  // Safe to repeat: it only notes the deletion again.
  @OnFact('archive.deleted')
  noteDeleted({ accountId, backupId }: Payload<'archive.deleted'>): Promise<void> {
    return this.lifecycle.noteDeleted({ accountId, backupId });
  }
}
