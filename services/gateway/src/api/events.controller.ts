import type { Payload } from '@account-backups/contracts';
import { OnSignal } from '@account-backups/messaging';
import { takeOver } from '@account-backups/service-kit';
import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Person } from '../identity/caller.js';
import { CurrentPerson, ForPersons, StaysOpen } from '../identity/caller.guard.js';
import { EventStreams } from './event-streams.js';

@Controller('api/v1/events')
@ForPersons()
export class EventsController {
  constructor(private readonly streams: EventStreams) {}

  @Get()
  @StaysOpen()
  open(@CurrentPerson() person: Person, @Res() reply: FastifyReply): void {
    this.streams.assertRoom(person);
    this.streams.open(person, takeOver(reply));
  }

  // Safe to repeat: clients get the same backup once more.
  @OnSignal('backup.changed')
  changed({ accountId, backupId }: Payload<'backup.changed'>): void {
    this.streams.announce(accountId, backupId);
  }
}
