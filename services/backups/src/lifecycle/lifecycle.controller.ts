import type { Payload } from '@account-backups/contracts';
import { OnFact } from '@account-backups/messaging';
import { Controller } from '@nestjs/common';
import { LifecycleService } from './lifecycle.service.js';

@Controller()
export class LifecycleController {
  constructor(private readonly lifecycle: LifecycleService) {}

  // Safe to repeat: each row is claimed by a conditional update; a second tick finds it moved already.
  @OnFact('schedule.ticked')
  tick({ kind }: Payload<'schedule.ticked'>): Promise<void> {
    return this.lifecycle.tick(kind);
  }

  // Safe to repeat: progress only grows, and only while the backup runs.
  @OnFact('archive.progressed')
  noteProgress(fact: Payload<'archive.progressed'>): Promise<void> {
    return this.lifecycle.noteProgress(fact);
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

  // Safe to repeat: it writes down again that nothing is left.
  @OnFact('archive.deleted')
  noteDeleted({ accountId, backupId }: Payload<'archive.deleted'>): Promise<void> {
    return this.lifecycle.noteDeleted({ accountId, backupId });
  }
}
