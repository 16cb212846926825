import { hostId, type CalledBy } from '@account-backups/contracts';
import { Checked } from '@account-backups/service-kit';
import { Body, Controller, Get, HttpCode, Param, Post, Put, UseGuards } from '@nestjs/common';
import { endBody, extendBody, startBody, type EndBody, type ExtendBody, type StartBody } from './bodies.js';
import { Caller, SalesGuard } from './sales.guard.js';
import { SubscriptionService, type Subscription } from '../terms/subscription.service.js';

const AccountId = () => Param('accountId', new Checked(hostId));

@Controller('v1/accounts/:accountId/subscription')
@UseGuards(SalesGuard)
export class SubscriptionController {
  constructor(private readonly subscriptions: SubscriptionService) {}

  @Get()
  show(@AccountId() accountId: string): Promise<Subscription> {
    return this.subscriptions.show(accountId);
  }

  @Put()
  start(
    @AccountId() accountId: string,
    @Caller() by: CalledBy,
    @Body(new Checked(startBody)) body: StartBody,
  ): Promise<Subscription> {
    return this.subscriptions.start({ accountId, by }, body);
  }

  @Post('extend')
  @HttpCode(200)
  extend(
    @AccountId() accountId: string,
    @Caller() by: CalledBy,
    @Body(new Checked(extendBody)) body: ExtendBody,
  ): Promise<Subscription> {
    return this.subscriptions.extend({ accountId, by }, body);
  }

  @Post('end')
  @HttpCode(200)
  end(
    @AccountId() accountId: string,
    @Caller() by: CalledBy,
    @Body(new Checked(endBody)) body: EndBody,
  ): Promise<Subscription> {
    return this.subscriptions.end({ accountId, by }, body);
  }
}
