import { nullIfAway } from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { Readiness, refuseWrongClock } from '@account-backups/service-kit';
import { Injectable } from '@nestjs/common';

/** Less than a look at the readiness may take. */
const MAX_ANSWER_MS = 1_000;

/** The gateway has no database to ask the time: the scheduler's answer has it. While that is away, nothing is said. */
@Injectable()
export class ClockReadiness {
  constructor(
    readiness: Readiness,
    private readonly bus: Bus,
  ) {
    readiness.add('clock', () => refuseWrongClock(() => this.timeOfDatabase()));
  }

  private async timeOfDatabase(): Promise<Date> {
    const patience = { timeoutMs: MAX_ANSWER_MS };
    const answer = await this.bus.request('scheduler.get-next-scan', {}, patience).catch(nullIfAway);
    return answer?.now === undefined ? new Date() : new Date(answer.now);
  }
}
