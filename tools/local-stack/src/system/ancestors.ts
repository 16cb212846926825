// `kill -9` on npm reaches neither the shell nor this process: watch them, and end with them.
import { basename } from 'node:path';
import { argumentsOf, isAlive, parentOf, startTicksOf } from './process-table.js';

const WATCH_EVERY_MS = 500;
const SHELLS = new Set(['sh', 'dash', 'bash', 'zsh', 'ash']);

/** Calls `gone` once when the npm that runs this process, or the shell between them, is gone. */
export function watchNpm(gone: () => void): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  const chain = npmChain().map((pid) => ({ pid, startTicks: startTicksOf(pid) }));
  const timer = setInterval(() => {
    if (chain.every(({ pid, startTicks }) => isAlive(pid) && startTicksOf(pid) === startTicks)) return;
    clearInterval(timer);
    gone();
  }, WATCH_EVERY_MS);
  timer.unref();
}

function npmChain(): readonly number[] {
  const parent = process.ppid;
  const isShell = SHELLS.has(basename(argumentsOf(parent)[0] ?? ''));
  return isShell ? [parent, parentOf(parent)] : [parent];
}
