import type { Payload, Reply } from '@account-backups/contracts';
import { OnRequest } from '@account-backups/messaging';
import { Controller } from '@nestjs/common';
import { BackupService } from './backup.service.js';
import { OrderService } from './order.service.js';
import { RequestRulesService } from './request-rules.service.js';

@Controller()
export class BackupController {
  constructor(
    private readonly backups: BackupService,
    private readonly rules: RequestRulesService,
    private readonly orders: OrderService,
  ) {}

  @OnRequest('backups.create')
  create(payload: Payload<'backups.create'>): Promise<Reply<'backups.create'>> {
    return this.backups.create(payload);
  }

  @OnRequest('backups.estimate')
  estimate(payload: Payload<'backups.estimate'>): Promise<Reply<'backups.estimate'>> {
    return this.backups.estimate(payload);
  }

  @OnRequest('backups.list')
  list(payload: Payload<'backups.list'>): Promise<Reply<'backups.list'>> {
    return this.backups.list(payload);
  }

  @OnRequest('backups.get')
  get(payload: Payload<'backups.get'>): Promise<Reply<'backups.get'>> {
    return this.backups.get(payload);
  }

  @OnRequest('backups.cancel')
  cancel(payload: Payload<'backups.cancel'>): Promise<Reply<'backups.cancel'>> {
    return this.backups.cancel(payload);
  }

  @OnRequest('backups.get-request-state')
  getRequestState({
    accountId,
    userId,
  }: Payload<'backups.get-request-state'>): Promise<Reply<'backups.get-request-state'>> {
    return this.rules.requestState(accountId, userId);
  }

  @OnRequest('backups.get-archive')
  getArchive(payload: Payload<'backups.get-archive'>): Promise<Reply<'backups.get-archive'>> {
    return this.backups.getArchive(payload);
  }

  @OnRequest('backups.get-record')
  getRecord(payload: Payload<'backups.get-record'>): Promise<Reply<'backups.get-record'>> {
    return this.backups.getRecord(payload);
  }

  @OnRequest('backups.get-order')
  getOrder(payload: Payload<'backups.get-order'>): Promise<Reply<'backups.get-order'>> {
    return this.orders.getOrder(payload);
  }
}
