import type { Payload } from '@account-backups/contracts';
import { OnSignal } from '@account-backups/messaging';
import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Person } from '../identity/caller.js';
import { CurrentPerson, ForPersons } from '../identity/caller.guard.js';
import { EventStreams } from './event-streams.js';

@Controller('api/v1/events')
@ForPersons()
export class EventsController {
  constructor(private readonly streams: EventStreams) {}

  @Get()
  open(@CurrentPerson() person: Person, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    reply.hijack();
    this.streams.open(person, request.raw, reply.raw);
  }

  // Safe to repeat: clients get the same backup once more.
  @OnSignal('backup.changed')
  changed({ accountId, backupId }: Payload<'backup.changed'>): void {
    this.streams.announce(accountId, backupId);
  }
}
