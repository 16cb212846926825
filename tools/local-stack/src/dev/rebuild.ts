import { relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChildService } from '../supervise/child-service.js';
import type { Supervisor } from '../supervise/supervisor.js';
import { waitFor } from '../system/wait-for.js';
import { affectedProjects, readProjectGraph } from './project-graph.js';

/** An editor saves several files at once, and git many. */
const SETTLE_MS = 100;
const READY_DEADLINE_MS = 60_000;

interface RebuildOptions {
  readonly root: string;
  /** Compiles what changed; prints what the compiler says and rejects when that is an error. */
  readonly build: () => Promise<void>;
  readonly supervisor: Supervisor;
  readonly terminal: (line: string) => void;
}

/** Compiles what changed and restarts the services that run it. */
export class Rebuild {
  private readonly changed = new Set<string>();
  /** Changed since the last build that succeeded. */
  private readonly unbuilt = new Set<string>();
  private round: Promise<void> | undefined;

  constructor(private readonly options: RebuildOptions) {}

  /** Takes a changed file, relative to the checkout; the changes of one moment are built together. */
  take(file: string): void {
    this.changed.add(file);
    this.round ??= this.work().finally(() => (this.round = undefined));
  }

  /** Resolves when nothing is being built or restarted. */
  async settled(): Promise<void> {
    await this.round;
  }

  private async work(): Promise<void> {
    while (this.changed.size > 0) {
      await sleep(SETTLE_MS);
      this.changed.forEach((file) => this.unbuilt.add(file));
      this.changed.clear();
      if (await this.compiles()) await this.restartAffected();
    }
  }

  private async compiles(): Promise<boolean> {
    try {
      await this.options.build();
      return true;
    } catch {
      this.options.terminal('not compiled: nothing is restarted');
      return false;
    }
  }

  private async restartAffected(): Promise<void> {
    const { root, supervisor, terminal } = this.options;
    const projects = affectedProjects([...this.unbuilt], readProjectGraph(root));
    this.unbuilt.clear();
    const affected = supervisor.services.filter((service) => projects.has(projectOf(service, root)));
    if (affected.length === 0) return terminal('compiled: no service runs what changed');
    terminal(`compiled: restarting ${affected.map(({ name }) => name).join(', ')} …`);
    await supervisor.restart(affected);
    affected.forEach((service) => void this.sayWhenReady(service));
  }

  // Not awaited: whoever mends a service that does not become ready must not wait for it.
  private async sayWhenReady(service: ChildService): Promise<void> {
    const { pid } = service;
    const settled = async () => service.pid !== pid || (await service.isReady());
    const inTime = await waitFor(settled, { deadlineMs: READY_DEADLINE_MS, everyMs: 100 });
    if (!inTime) this.options.terminal(`${service.name} is not ready after ${READY_DEADLINE_MS / 1_000} s`);
    else if (service.pid === pid) this.options.terminal(`${service.name} is ready`);
  }
}

/** The project that a service is compiled from: `services/backups` for `services/backups/dist/main.js`. */
function projectOf({ program }: ChildService, root: string): string {
  return relative(root, program.main).split('/dist/')[0] ?? '';
}
