import { OnFact } from '@account-backups/messaging';
import { Controller } from '@nestjs/common';
import { Trail } from './trail.js';

/** For services that a tick reminds of nothing else. */
@Controller()
export class TrailController {
  constructor(private readonly trail: Trail) {}

  // Safe to repeat: it looks at what waits.
  @OnFact('schedule.ticked')
  tick(): Promise<void> {
    return this.trail.send();
  }
}
