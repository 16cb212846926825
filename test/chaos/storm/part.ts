import type { RunningPart } from '@account-backups/local-stack/parts/running-part.js';
import { signal } from '@account-backups/local-stack/system/process-table.js';
import { eventually } from '../../support/eventually.js';

/** A part whose process can be stopped, killed and started again on the same data, at the same address. */
export class Part<P extends RunningPart = RunningPart> {
  private constructor(
    private part: P,
    private readonly launch: () => Promise<P>,
  ) {}

  static async start<P extends RunningPart>(launch: () => Promise<P>): Promise<Part<P>> {
    return new Part(await launch(), launch);
  }

  get running(): P {
    return this.part;
  }

  get url(): string {
    return this.part.url;
  }

  /** SIGSTOP: everything that it is asked hangs. */
  freeze(): void {
    signal(this.part.pid, 'SIGSTOP');
  }

  thaw(): void {
    signal(this.part.pid, 'SIGCONT');
  }

  /** Ends it at once. Postgres is told so, for it must not leave shared memory behind. */
  async kill(name: NodeJS.Signals): Promise<void> {
    signal(this.part.pid, name);
    await this.part.exited;
    // What else it had started goes with it.
    await this.part.stop();
  }

  async startAgain(): Promise<void> {
    this.part = await eventually(() => this.launch(), { everyMs: 500, deadlineMs: 60_000 });
  }

  stop(): Promise<void> {
    this.thaw();
    return this.part.stop();
  }
}
