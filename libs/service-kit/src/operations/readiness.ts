type Check = () => Promise<void> | void;

/** The parts that a service needs; it is ready while every check passes. */
export class Readiness {
  private readonly checks = new Map<string, Check>();
  private pulseOf: Check = () => undefined;

  /** Adds a part; `check` throws while the part is away. */
  add(part: string, check: Check): void {
    this.checks.set(part, check);
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

  /** Part → `ok`, or what is wrong with it. Each check has `timeoutMs`. */
  async report(timeoutMs = 2_000): Promise<{ ready: boolean; parts: Record<string, string> }> {
    const entries = await Promise.all(
      [...this.checks].map(async ([part, check]) => [part, await outcome(check, timeoutMs)] as const),
    );
    return { ready: entries.every(([, result]) => result === 'ok'), parts: Object.fromEntries(entries) };
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
