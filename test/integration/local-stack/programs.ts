// Programs that tests start as separate processes and kill as a person or a crash would.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { eventually } from '../../support/eventually.js';

export const programFolder = join(process.cwd(), 'test/integration/local-stack/programs');

export interface Running {
  readonly child: ChildProcess;
  /** What it printed so far, errors included. */
  output(): string;
  /** Waits for a line that starts so, and returns it. */
  line(start: string): Promise<string>;
  /** Resolves with its exit code. */
  ended(): Promise<number | null>;
}

const started: ChildProcess[] = [];

/** Ends what a failed test left behind and releases its output: a stray child must not keep the run alive. */
export function endPrograms(): void {
  for (const child of started.splice(0)) {
    child.kill('SIGKILL');
    child.stdout?.destroy();
    child.stderr?.destroy();
  }
}

/** Starts a command; `env` is added to this process's own. */
export function run(command: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
  const [file = '', ...args] = command;
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  started.push(child);
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  const exit = once(child, 'close').then(([code]) => code as number | null);
  const line = async (start: string) =>
    eventually(
      () => {
        const found = text.split('\n').find((candidate) => candidate.startsWith(start));
        if (found === undefined) throw new Error(`no line starts with ${start} in: ${text}`);
        return found;
      },
      { deadlineMs: 60_000 },
    );
  return { child, output: () => text, line, ended: () => exit };
}

/** Runs a program of this folder. */
export function runProgram(name: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
  return run([process.execPath, join(programFolder, name), ...args], env);
}
