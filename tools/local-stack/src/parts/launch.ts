// Starts a foreign program so that it can neither outlive this process nor hear the terminal's Ctrl-C.
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { partIdentity } from './part-identity.js';
import { partMissing } from '../system/stack-error.js';

interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** What the kernel sends when this process dies, however it dies. */
  readonly deathSignal: 'INT' | 'TERM' | 'KILL';
  /** The program's output is appended here. */
  readonly logFile: string;
  /** Paths that the program must reach; they decide which rights it is given when root starts it. */
  readonly paths: readonly string[];
}

export interface Launched {
  readonly pid: number;
  /** Resolves when the program is gone, and says how it ended. */
  readonly exited: Promise<string>;
  hasExited(): boolean;
}

/**
 * Starts a program in a session of its own, as an unprivileged user when this process is root.
 * Throws `UNAVAILABLE` when it cannot be started at all.
 */
export async function launch(program: Program): Promise<Launched> {
  const log = openSync(program.logFile, 'a', 0o600);
  const wrapper = [...partIdentity(program.paths).arguments, '--pdeathsig', program.deathSignal];
  const child = spawn('setpriv', [...wrapper, program.command, ...program.args], {
    // A session of its own: Ctrl-C must reach the supervisor alone, which then ends the parts in order.
    detached: true,
    stdio: ['ignore', log, log],
    env: program.env,
    cwd: '/',
  });
  closeSync(log);
  const exited = exitOf(child);
  await started(child);
  let gone = false;
  void exited.then(() => (gone = true));
  return { pid: child.pid ?? 0, exited, hasExited: () => gone };
}

async function started(child: ChildProcess): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) =>
      reject(partMissing('The program setpriv (package util-linux) is needed to run a local part; install it.', error)),
    );
  });
}

async function exitOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('exit', (code, name) => resolve(name === null ? `exit code ${code}` : `signal ${name}`));
    child.once('error', (error) => resolve(error.message));
  });
}
