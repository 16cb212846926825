import { join } from 'node:path';
import { ChildService, type ChildProgram } from './child-service.js';
import { EventLog, rotate } from './event-log.js';
import { endProcess, findByArgument } from '../system/process-table.js';
import { partMissing } from '../system/stack-error.js';
import { waitFor } from '../system/wait-for.js';

const DRAIN_MS = 20_000;
/** More deaths than this before the first readiness mean that the program cannot start at all. */
const DEATHS_AT_START = 4;

interface SupervisorOptions {
  readonly dataDir: string;
  readonly logDir: string;
  /** Lines for the person at the terminal. */
  readonly terminal: (line: string) => void;
  readonly readyDeadlineMs: number;
}

/** Runs programs side by side: ready together, restarted alone, ended in order. */
export class Supervisor {
  private readonly marker: string;
  private children: readonly ChildService[] = [];

  constructor(private readonly options: SupervisorOptions) {
    this.marker = `--data-of=${options.dataDir}`;
  }

  get services(): readonly ChildService[] {
    return this.children;
  }

  /** Ends what a killed run on the same data left, starts the programs, and waits until each says that it is ready. */
  async start(programs: readonly ChildProgram[]): Promise<void> {
    await this.endOrphans();
    this.children = programs.map((program) => this.supervised(program));
    this.children.forEach((child) => child.start());
    await this.untilReady();
  }

  /** Ends the services in order and starts them again; resolves when they run, though they may not be ready. */
  async restart(services: readonly ChildService[]): Promise<void> {
    await Promise.all(services.map((service) => service.restart(DRAIN_MS)));
  }

  /** Ends the doors first, so that what came in can still be answered, then everything behind them. */
  async drain(isDoor: (name: string) => boolean): Promise<void> {
    const end = async (children: readonly ChildService[]) =>
      Promise.all(children.map((child) => child.drain(DRAIN_MS)));
    await end(this.children.filter((child) => isDoor(child.name)));
    await end(this.children);
  }

  kill(): void {
    this.children.forEach((child) => child.kill());
  }

  private supervised(program: ChildProgram): ChildService {
    const file = join(this.options.logDir, `${program.name}.log`);
    rotate(file);
    return new ChildService(program, new EventLog(program.name, file, this.options.terminal), this.marker);
  }

  private async endOrphans(): Promise<void> {
    const orphans = findByArgument('node', this.marker);
    await Promise.all(orphans.map((pid) => endProcess(pid, { signal: 'SIGTERM', graceMs: DRAIN_MS })));
  }

  private async untilReady(): Promise<void> {
    const waiting = new Set(this.children);
    const settled = async () => {
      for (const child of waiting) if (await child.isReady()) waiting.delete(child);
      return waiting.size === 0 || [...waiting].some(({ deaths }) => deaths > DEATHS_AT_START);
    };
    await waitFor(settled, { deadlineMs: this.options.readyDeadlineMs, everyMs: 100 });
    if (waiting.size === 0) return;
    const names = [...waiting].map(({ name }) => name).join(', ');
    throw partMissing(`Not ready: ${names}. Their last words are in ${this.options.logDir}.`);
  }
}
