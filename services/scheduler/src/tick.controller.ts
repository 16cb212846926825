import type { Reply } from '@account-backups/contracts';
import { OnRequest } from '@account-backups/messaging';
import { Controller } from '@nestjs/common';
import { TickService } from './tick.service.js';

@Controller()
export class TickController {
  constructor(private readonly ticks: TickService) {}

  @OnRequest('scheduler.tick-now')
  tickNow(): Promise<Reply<'scheduler.tick-now'>> {
    return this.ticks.tickNow();
  }

  @OnRequest('scheduler.get-next-scan')
  getNextScan(): Promise<Reply<'scheduler.get-next-scan'>> {
    return Promise.resolve(this.ticks.getNextScan());
  }
}
