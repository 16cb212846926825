import type { Payload, Reply } from '@account-backups/contracts';
import { OnRequest } from '@account-backups/messaging';
import { Controller } from '@nestjs/common';
import { TrailService } from './trail.service.js';

@Controller()
export class TrailController {
  constructor(private readonly trail: TrailService) {}

  // Safe to repeat: a record is in its chain once.
  @OnRequest('trail.record')
  record(payload: Payload<'trail.record'>): Promise<Reply<'trail.record'>> {
    return this.trail.record(payload);
  }

  @OnRequest('trail.list')
  list(payload: Payload<'trail.list'>): Promise<Reply<'trail.list'>> {
    return this.trail.list(payload);
  }
}
