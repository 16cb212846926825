// One process of a service, started again whenever it dies, with wires of its own to each part.
import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, readFileSync, writeFileSync, type WriteStream } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Wire } from '../../support/wire.js';

const RESTART_MS = 300;

export interface ReplicaProgram {
  /** `backups-1`. */
  readonly name: string;
  readonly service: string;
  readonly main: string;
  readonly env: Readonly<Record<string, string>>;
  readonly healthPort: number;
  /** Where it listens for callers. */
  readonly port: number | undefined;
  readonly wires: Readonly<Partial<Record<PartName, Wire>>>;
  /** Where its clock is set; undefined: it has the machine's. */
  readonly clockFile: string | undefined;
  /** Where it is said how slow its disk is; undefined: it writes to none. */
  readonly diskFile: string | undefined;
}

export type PartName = 'database' | 'broker' | 'store';

export class Replica {
  private child: ChildProcess | undefined;
  private ending = false;
  private readonly log: WriteStream;
  private readonly running: Promise<void>;

  constructor(
    readonly program: ReplicaProgram,
    logDir: string,
    private readonly marker: string,
  ) {
    this.log = createWriteStream(join(logDir, `${program.name}.log`), { flags: 'a' });
    this.setClock(0);
    this.slowDisk(0);
    this.running = this.keepRunning();
  }

  get name(): string {
    return this.program.name;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** Resident memory in bytes; 0 while it does not run. */
  residentBytes(): number {
    const pid = this.child?.pid;
    if (pid === undefined) return 0;
    const status = readOrNothing(`/proc/${pid}/status`);
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1_024;
  }

  signal(name: NodeJS.Signals): void {
    this.child?.kill(name);
  }

  /** Sets its clock this much ahead of the machine's, while it runs. */
  setClock(seconds: number): void {
    if (this.program.clockFile) writeFileSync(this.program.clockFile, `${seconds < 0 ? '' : '+'}${seconds}\n`);
  }

  /** Each of its reads and writes of a file takes this much longer. */
  slowDisk(ms: number): void {
    if (this.program.diskFile) writeFileSync(this.program.diskFile, String(ms));
  }

  async isReady(): Promise<boolean> {
    try {
      const url = `http://127.0.0.1:${this.program.healthPort}/health/ready`;
      return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
    } catch {
      return false;
    }
  }

  async stop(): Promise<void> {
    this.ending = true;
    this.signal('SIGCONT');
    this.signal('SIGTERM');
    const killer = setTimeout(() => this.signal('SIGKILL'), 15_000);
    await this.running;
    clearTimeout(killer);
    Object.values(this.program.wires).forEach((wire) => wire.close());
    this.log.end();
  }

  private async keepRunning(): Promise<void> {
    while (!this.ending) {
      const node = [process.execPath, '--enable-source-maps', this.program.main, this.marker];
      // Its own copy of this test's environment would hide a setting that is missing.
      const child = spawn('setpriv', ['--pdeathsig', 'KILL', ...node], { env: this.program.env, detached: true });
      this.child = child;
      child.stdout.pipe(this.log, { end: false });
      child.stderr.pipe(this.log, { end: false });
      await once(child, 'exit').catch(() => undefined);
      this.child = undefined;
      // The pause of whoever starts processes again; Kubernetes takes longer.
      if (!this.ending) await sleep(RESTART_MS);
    }
  }
}

function readOrNothing(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
