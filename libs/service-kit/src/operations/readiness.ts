type Check = () => Promise<void> | void;

interface Report {
  readonly ready: boolean;
  /** Part → `ok`, or what is wrong with it. */
  readonly parts: Record<string, string>;
  /** What the process says of itself, if anything. */
  readonly told?: Record<string, unknown>;
}

/** The parts that a service needs; it is ready while every check passes. */
export class Readiness {
  private readonly checks = new Map<string, Check>();
  private readonly sayings = new Map<string, () => unknown>();
  private pulseOf: Check = () => undefined;

  /** Adds a part; `check` throws while the part is away. */
  add(part: string, check: Check): void {
    this.checks.set(part, check);
  }

  /** Adds what the process says of itself; whether it is ready does not depend on it. */
  tell(subject: string, saying: () => unknown): void {
    this.sayings.set(subject, saying);
  }

  told(): Record<string, unknown> {
    return Object.fromEntries(Array.from(this.sayings, ([subject, saying]) => [subject, saying()]));
  }

  /** What to ask before the service gives its pulse: settles unless the part that the service lives on hangs. */
  liveOn(check: Check): void {
    this.pulseOf = check;
  }

  async pulse(): Promise<void> {
    await this.pulseOf();
  }

  /** Adds work that must be done before the service is ready; call the returned function once it is. */
  begin(work: string): () => void {
    this.add(work, () => {
      throw new Error('not done yet');
    });
    return () => this.checks.delete(work);
  }

  /** Each check has `timeoutMs`. */
  async report(timeoutMs = 2_000): Promise<Report> {
    const entries = await Promise.all(
      [...this.checks].map(async ([part, check]) => [part, await outcome(check, timeoutMs)] as const),
    );
    const ready = entries.every(([, result]) => result === 'ok');
    return { ready, parts: Object.fromEntries(entries), ...(this.sayings.size > 0 && { told: this.told() }) };
  }
}

async function outcome(check: Check, timeoutMs: number): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no answer in ${timeoutMs} ms`), timeoutMs);
  });
  try {
    const checked = (async () => {
      await check();
      return 'ok';
    })();
    return await Promise.race([checked, late]);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    clearTimeout(timer);
  }
}
