import type { Payload } from '@account-backups/contracts';
import { OnSignal } from '@account-backups/messaging';
import { Controller } from '@nestjs/common';
import { LiveSessions } from './live-sessions.js';
import { RunningAnswers } from './running-answers.js';

@Controller()
export class SessionSignals {
  constructor(
    private readonly sessions: LiveSessions,
    private readonly running: RunningAnswers,
  ) {}

  // Safe to repeat, and to miss: what is remembered, and what runs, is asked about again after two seconds.
  @OnSignal('session.ended')
  async ended(whose: Payload<'session.ended'>): Promise<void> {
    this.sessions.forget(whose);
    await this.running.lookAt(whose);
  }
}
