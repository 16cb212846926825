const WINDOW_MS = 5 * 60_000;
const MAX_FAILURES = 10;
const MAX_NAMES = 10_000;

/** Counts failed sign-ins by name, in bounded memory, so that passwords cannot be guessed at leisure. */
export class FailedAttempts {
  private readonly byName = new Map<string, { count: number; since: number }>();

  /** Whether this name has failed too often in the last five minutes. */
  tooMany(name: string, nowMs: number): boolean {
    const found = this.byName.get(name);
    return found !== undefined && nowMs - found.since < WINDOW_MS && found.count >= MAX_FAILURES;
  }

  add(name: string, nowMs: number): void {
    const found = this.byName.get(name);
    const fresh = found === undefined || nowMs - found.since >= WINDOW_MS;
    this.byName.delete(name);
    this.byName.set(name, fresh ? { count: 1, since: nowMs } : { count: found.count + 1, since: found.since });
    const oldest = this.byName.keys().next().value;
    if (this.byName.size > MAX_NAMES && oldest !== undefined) this.byName.delete(oldest);
  }

  /** Takes back an attempt that failed for another reason than its password. */
  takeBack(name: string): void {
    const found = this.byName.get(name);
    if (found) found.count -= 1;
  }

  clear(name: string): void {
    this.byName.delete(name);
  }
}
