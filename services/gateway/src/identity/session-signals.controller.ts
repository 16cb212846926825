import type { Payload } from '@account-backups/contracts';
import { OnSignal } from '@account-backups/messaging';
import { Controller } from '@nestjs/common';
import { LiveSessions } from './live-sessions.js';

@Controller()
export class SessionSignals {
  constructor(private readonly sessions: LiveSessions) {}

  // Safe to repeat, and to miss: what is remembered is asked again after two seconds.
  @OnSignal('session.ended')
  ended(whose: Payload<'session.ended'>): void {
    this.sessions.forget(whose);
  }
}
