import type { Payload, Reply } from '@account-backups/contracts';
import { OnFact, OnRequest } from '@account-backups/messaging';
import { Trail } from '@account-backups/service-kit';
import { Controller } from '@nestjs/common';
import { SessionService } from './session.service.js';

@Controller()
export class SessionController {
  constructor(
    private readonly sessions: SessionService,
    private readonly trail: Trail,
  ) {}

  // Safe to repeat: what ran out is told of once, and what waits is looked at.
  @OnFact('schedule.ticked')
  async tick(): Promise<void> {
    await this.sessions.noteRunOut();
    await this.trail.send();
  }

  // Safe to repeat: the sender chose the id.
  @OnRequest('sessions.begin')
  begin(payload: Payload<'sessions.begin'>): Promise<Reply<'sessions.begin'>> {
    return this.sessions.begin(payload);
  }

  @OnRequest('sessions.check')
  check(payload: Payload<'sessions.check'>): Promise<Reply<'sessions.check'>> {
    return this.sessions.check(payload);
  }

  @OnRequest('sessions.list')
  list(payload: Payload<'sessions.list'>): Promise<Reply<'sessions.list'>> {
    return this.sessions.list(payload);
  }

  @OnRequest('sessions.end')
  end(payload: Payload<'sessions.end'>): Promise<Reply<'sessions.end'>> {
    return this.sessions.end(payload);
  }

  @OnRequest('sessions.end-others')
  endOthers(payload: Payload<'sessions.end-others'>): Promise<Reply<'sessions.end-others'>> {
    return this.sessions.endOthers(payload);
  }

  // Safe to repeat: the sender chose the id of the request.
  @OnRequest('sessions.end-by-issuer')
  endByIssuer(payload: Payload<'sessions.end-by-issuer'>): Promise<Reply<'sessions.end-by-issuer'>> {
    return this.sessions.endByIssuer(payload);
  }
}
