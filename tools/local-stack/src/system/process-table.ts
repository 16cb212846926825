// Reads /proc: which processes live, what started them, and how to end one for sure.
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { waitFor } from './wait-for.js';

/** Whether the process exists and is no zombie. */
export function isAlive(pid: number): boolean {
  const status = statOf(pid);
  return status !== undefined && status.state !== 'Z' && status.state !== 'X';
}

/** The parent's pid, or 0 when the process is gone. */
export function parentOf(pid: number): number {
  return statOf(pid)?.parent ?? 0;
}

/** When the process started, in clock ticks since boot: with the pid it names one process for ever. */
export function startTicksOf(pid: number): string | undefined {
  return statOf(pid)?.startTicks;
}

/** The arguments of a process; empty when it is gone. */
export function argumentsOf(pid: number): readonly string[] {
  return (readProc(pid, 'cmdline') ?? '').split('\0').filter((argument) => argument !== '');
}

/** Pids of all living processes of a program (`postgres`) of which some argument equals `marker`. */
export function findByArgument(program: string, marker: string): readonly number[] {
  const matches = (pid: number) => {
    const [name = '', ...rest] = argumentsOf(pid);
    return basename(name) === program && rest.includes(marker) && isAlive(pid);
  };
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter(matches);
}

/** Sends a signal. A process that has gone is no error. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

interface EndOptions {
  readonly signal: NodeJS.Signals;
  readonly graceMs: number;
}

/** Ends a process: the signal, then after `graceMs` SIGKILL. Resolves when it is gone. */
export async function endProcess(pid: number, options: EndOptions): Promise<void> {
  signal(pid, options.signal);
  const gone = () => !isAlive(pid);
  if (await waitFor(gone, { deadlineMs: options.graceMs })) return;
  signal(pid, 'SIGKILL');
  await waitFor(gone, { deadlineMs: 5_000 });
}

interface ProcessStatus {
  readonly state: string;
  readonly parent: number;
  readonly startTicks: string;
}

function statOf(pid: number): ProcessStatus | undefined {
  const text = readProc(pid, 'stat');
  if (text === undefined) return undefined;
  // the second field is the name in brackets, which may hold blanks and brackets of its own
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] ?? '', parent: Number(fields[1]), startTicks: fields[19] ?? '' };
}

function readProc(pid: number, name: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return undefined;
  }
}
