import { Checked } from '@account-backups/service-kit';
import { Controller, Get, Query, UseGuards } from '@nestjs/common';
import { listQuery, type ListQuery } from './bodies.js';
import { ListService, type SubscriptionPage } from './list.service.js';
import { SalesGuard } from './sales.guard.js';

@Controller('v1/subscriptions')
@UseGuards(SalesGuard)
export class ListController {
  constructor(private readonly subscriptions: ListService) {}

  @Get()
  list(@Query(new Checked(listQuery, 'the query')) query: ListQuery): Promise<SubscriptionPage> {
    return this.subscriptions.page(query);
  }
}
