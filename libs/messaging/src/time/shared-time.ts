/**
 * The database's time, as this process last heard it, carried on by a clock that nobody sets. So processes that never
 * compared their clocks agree on it, within the time that an answer takes.
 */
export class SharedTime {
  private offsetMs: number | undefined;

  /** Milliseconds since 1970; undefined until somebody has told it. */
  nowMs(): number | undefined {
    return this.offsetMs === undefined ? undefined : performance.now() + this.offsetMs;
  }

  /** `nowMs` was told between the question at `askedMs` (of `performance.now()`) and now. */
  learn(nowMs: number, askedMs: number): void {
    const [least, most] = [nowMs - performance.now(), nowMs - askedMs];
    // What is known may be more exact than an answer that took long; it is wrong only if it contradicts it.
    if (this.offsetMs !== undefined && this.offsetMs >= least && this.offsetMs <= most) return;
    this.offsetMs = (least + most) / 2;
  }
}

/** Of this process. */
export const sharedTime = new SharedTime();
