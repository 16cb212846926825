import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, type ServiceName } from '@account-backups/contracts';

/** A service that answered anything counts as at work for so long. */
const FRESH_MS = 1_000;
/** What has asked nothing for so long begins anew: nobody knows how long the service has been silent. */
const FORGET_MS = 2_000;
/** If this process itself was held up, the answer is there already, and only has to be read. */
const LAST_LOOK_MS = 50;

interface Silence {
  readonly sinceMs: number;
  askedMs: number;
}

/**
 * Notices a service that is there and stands still, or whose database does, while somebody waits for its answer: it
 * does not give its pulse, which costs nothing and waits for no work. One process of several is enough.
 */
export class ServicePulse {
  private readonly heardMs = new Map<ServiceName, number>();
  private readonly silences = new Map<ServiceName, Silence>();

  /** `ask` resolves when the pulse came, and rejects when none did. */
  constructor(private readonly ask: (service: ServiceName) => Promise<void>) {}

  noteAnswer(service: ServiceName): void {
    this.heardMs.set(service, performance.now());
    this.silences.delete(service);
  }

  /** Called every now and then while an answer is awaited; throws `REQUEST_TIMED_OUT` after `patienceMs` of silence. */
  async refuseIfStill(service: ServiceName, patienceMs: number): Promise<void> {
    if (performance.now() - (this.heardMs.get(service) ?? -Infinity) < FRESH_MS) return;
    if (this.silentMs(service) < patienceMs) return;
    await sleep(LAST_LOOK_MS);
    if (!this.silences.has(service)) return;
    throw new AppError('REQUEST_TIMED_OUT', `no process of ${service} shows a sign of life`);
  }

  private silentMs(service: ServiceName): number {
    const nowMs = performance.now();
    const known = this.silences.get(service);
    const silence = known && nowMs - known.askedMs < FORGET_MS ? known : { sinceMs: nowMs, askedMs: nowMs };
    silence.askedMs = nowMs;
    this.silences.set(service, silence);
    this.ask(service).then(
      () => this.noteAnswer(service),
      () => undefined,
    );
    return nowMs - silence.sinceMs;
  }
}
