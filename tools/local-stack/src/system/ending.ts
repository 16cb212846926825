// How a system ends: what was started last ends first, once, whatever asked for it.

interface Step {
  readonly orderly: () => Promise<void>;
  readonly forced?: (() => void) | undefined;
}

// One Ctrl-C comes twice: from the terminal, and again from npm, which passes it on.
const SAME_KEY_MS = 1_000;

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export class Ending {
  private readonly steps: Step[] = [];
  private startedAt: number | undefined;

  constructor(private readonly terminal: (line: string) => void) {
    for (const name of SIGNALS) process.on(name, () => void this.run(name));
  }

  /** Adds something to end; `forced` is what a second Ctrl-C does to it. */
  add(orderly: () => Promise<void>, forced?: () => void): void {
    this.steps.unshift({ orderly, forced });
  }

  /** Ends everything and the process with 0; asked a second time, at once with 130. */
  async run(reason: string): Promise<void> {
    if (this.startedAt !== undefined) return this.again();
    this.startedAt = Date.now();
    this.terminal(`stopping (${reason}) …`);
    const failed = await this.endSteps();
    this.terminal('stopped');
    process.exit(failed ? 1 : 0);
  }

  /** Ends what was started so far; for a start that fails half way. */
  async endSteps(): Promise<boolean> {
    let failed = false;
    for (const { orderly } of this.steps) {
      await orderly().catch((error: unknown) => {
        failed = true;
        this.terminal(String(error));
      });
    }
    return failed;
  }

  // Postgres and RabbitMQ end themselves in order when this process is gone.
  private again(): void {
    if (Date.now() - (this.startedAt ?? 0) < SAME_KEY_MS) return;
    this.steps.forEach(({ forced }) => forced?.());
    process.exit(130);
  }
}
