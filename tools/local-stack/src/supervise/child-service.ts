// One supervised program: started, restarted when it dies, ended in order.
import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventLog } from './event-log.js';
import { signal } from '../system/process-table.js';
import { waitFor } from '../system/wait-for.js';

export interface ChildProgram {
  readonly name: string;
  /** Absolute path of the compiled entry file. */
  readonly main: string;
  readonly env: Readonly<Record<string, string>>;
  readonly healthPort: number;
  /** Arguments of Node itself. */
  readonly nodeArguments: readonly string[];
}

const FIRST_PAUSE_MS = 500;
const MAX_PAUSE_MS = 30_000;
/** A child that lived this long was healthy: it starts again at once, and the next pause is the first again. */
const HEALTHY_AFTER_MS = 60_000;
const PROBE_TIMEOUT_MS = 2_000;

export class ChildService {
  private child: ChildProcess | undefined;
  private ending = false;
  private running: Promise<void> | undefined;
  private pause = new AbortController();
  /** How often it died since the supervisor started. */
  deaths = 0;

  constructor(
    readonly program: ChildProgram,
    private readonly log: EventLog,
    /** An argument that marks the process as one of this data folder's. */
    private readonly marker: string,
  ) {}

  get name(): string {
    return this.program.name;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  start(): void {
    this.pause = new AbortController();
    this.running = this.keepRunning().catch((error: unknown) =>
      this.log.note('fatal', 'supervisor.failed', { text: String(error) }),
    );
  }

  /** Ends it as `drain` does and starts it again at once, even out of the pause that follows a death. */
  async restart(graceMs: number): Promise<void> {
    await this.drain(graceMs);
    await this.running;
    this.ending = false;
    this.start();
  }

  async isReady(): Promise<boolean> {
    const url = `http://127.0.0.1:${this.program.healthPort}/health/ready`;
    try {
      return (await fetch(url, { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) })).ok;
    } catch {
      return false;
    }
  }

  /** Lets it finish its work for at most `graceMs`, then kills it. It is not restarted. */
  async drain(graceMs: number): Promise<void> {
    this.ending = true;
    this.pause.abort();
    const pid = this.pid;
    if (pid === undefined) return;
    signal(pid, 'SIGTERM');
    // The pid is forgotten once the last of its output is in the log.
    if (await waitFor(() => this.pid !== pid, { deadlineMs: graceMs })) return;
    this.log.note('warn', 'service.killed', { reason: `did not end within ${graceMs} ms` });
    signal(pid, 'SIGKILL');
  }

  kill(): void {
    this.ending = true;
    if (this.pid !== undefined) signal(this.pid, 'SIGKILL');
  }

  private async keepRunning(): Promise<void> {
    let nextPauseMs = FIRST_PAUSE_MS;
    while (!this.ending) {
      const startedAt = performance.now();
      const ending = await this.run();
      if (this.ending) return;
      this.deaths += 1;
      // What ran well is back at once; what dies again and again rests longer each time.
      const pauseMs = performance.now() - startedAt > HEALTHY_AFTER_MS ? 0 : nextPauseMs;
      nextPauseMs = pauseMs === 0 ? FIRST_PAUSE_MS : Math.min(pauseMs * 2, MAX_PAUSE_MS);
      this.log.note('error', 'service.died', { reason: `${ending}; starts again in ${pauseMs} ms` });
      await sleep(pauseMs, undefined, { signal: this.pause.signal }).catch(() => undefined);
    }
  }

  /** Resolves when the process is gone, and says how it ended. */
  private async run(): Promise<string> {
    const { main, nodeArguments } = this.program;
    const node = [process.execPath, '--enable-source-maps', ...nodeArguments, main, this.marker];
    const child = spawn('setpriv', ['--pdeathsig', 'TERM', ...node], {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: this.program.env,
    });
    this.child = child;
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => this.log.take(chunk));
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => this.log.take(chunk));
    const ending = await new Promise<string>((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('close', (code, name) => resolve(name === null ? `exit code ${code}` : `signal ${name}`));
    });
    this.child = undefined;
    this.log.close();
    return ending;
  }
}
